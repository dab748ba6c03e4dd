import ServiceKit

extension OrderBrief: Aggregate {
    static let table = "order_brief"
}

extension Visit: Aggregate {
    static let table = "visit"
    var historyStatus: String? { status.rawValue }
}

extension ServiceReport: Aggregate {
    static let table = "service_report"
    var historyStatus: String? { status.rawValue }
}

extension WithdrawnAssignment: Aggregate {
    static let table = "withdrawn_assignment"
}
