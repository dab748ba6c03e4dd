import DomainContracts
import FoundationEssentials

/// One promise about time: an append-only list of what happened to it. Where it stands is always folded anew, never
/// stored, so that a pause survives a change of policy and anybody can see why a deadline is what it is.
struct SLAClock: Codable, Sendable, Equatable {
    let kind: ClockKind
    let calendar: CalendarName
    private(set) var events: [ClockEvent]
    /// When its warning and its breach were told; each is told once.
    var warnedAt: Date?
    var breachedAt: Date?

    enum CalendarName: String, Codable, Sendable {
        case always
        case workingHours = "working_hours"

        var calendar: BusinessCalendar {
            switch self {
            case .always: .always
            case .workingHours: .workingHours
            }
        }
    }

    /// Starts a clock.
    ///
    /// - Parameter targetSeconds: running time allowed, seconds of the calendar.
    init(_ kind: ClockKind, calendar: CalendarName, targetSeconds: Int, startedAt: Date) {
        self.kind = kind
        self.calendar = calendar
        events = [ClockEvent(what: .started, at: startedAt, targetSeconds: targetSeconds, reason: nil)]
    }

    mutating func record(_ what: ClockEvent.What, at date: Date, reason: String? = nil, targetSeconds: Int? = nil) {
        events.append(ClockEvent(what: what, at: date, targetSeconds: targetSeconds, reason: reason))
    }
}

/// One thing that happened to a clock.
struct ClockEvent: Codable, Sendable, Equatable {
    enum What: String, Codable, Sendable, CaseIterable {
        case started, paused, resumed, stopped, voided
        case targetChanged = "target_changed"
    }

    let what: What
    let at: Date
    /// With `started` and `targetChanged`.
    let targetSeconds: Int?
    let reason: String?
}
