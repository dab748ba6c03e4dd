import ServiceKit

extension Engineer: Aggregate {
    static let table = "engineer"
}

extension EngineerCalendar: Aggregate {
    static let table = "engineer_calendar"
}

extension Job: Aggregate {
    static let table = "job"
    var historyStatus: String? { status.rawValue }
}

extension Assignment: Aggregate {
    static let table = "assignment"
    var historyStatus: String? { status.rawValue }
}

extension Booking: Aggregate {
    static let table = "booking"
}
