import Foundation
import ServiceKit

extension Engineer: Aggregate {
    static let table = "engineer"
}

extension DutyCalendar: Aggregate {
    static let table = "duty_calendar"

    static func id(of name: String) -> UUID { UUID(derivedFrom: "duty-calendar:\(name)", in: RuleBook.id) }
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

extension CustomerEngineers: Aggregate {
    static let table = "customer_engineers"
}

extension LastVisit: Aggregate {
    static let table = "last_visit"
    static let hasHistory = false
}

extension VanPart: Aggregate {
    static let table = "van_part"
}

extension RuleBook: Aggregate {
    static let table = "rule_book"
}

extension PublishedRules: Aggregate {
    static let table = "rule_set"

    static func id(of version: Int) -> UUID { UUID(derivedFrom: "rule-set:\(version)", in: RuleBook.id) }
}

extension DecisionRecord: Aggregate {
    static let table = "decision"
}

extension RosterSnapshot: Aggregate {
    static let table = "roster_snapshot"

    static func id(of stamp: Int) -> UUID { UUID(derivedFrom: "roster:\(stamp)", in: RuleBook.id) }

    /// Of some of the engineers.
    static func id(of engineers: [UUID]) -> UUID {
        UUID(derivedFrom: "roster:" + engineers.map(\.text).joined(separator: ","), in: RuleBook.id)
    }
}
