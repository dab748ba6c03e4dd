import ServiceKit

extension Contact: Aggregate {
    static let table = "contact"
}

extension OrderNotice: Aggregate {
    static let table = "order_notice"
}

extension Staff: Aggregate {
    static let table = "staff"
}

extension Notification: Aggregate {
    static let table = "notification"
    var historyStatus: String? { status.rawValue }
}

extension FollowUp: Aggregate {
    static let table = "follow_up"
    var historyStatus: String? { status.rawValue }
}
