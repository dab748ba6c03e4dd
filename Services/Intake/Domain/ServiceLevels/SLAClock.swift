import DomainContracts
import FoundationEssentials

/// One promise about time: an append-only list of what happened to it. Where it stands is always folded anew, never
/// stored, so that a pause survives a change of policy and anybody can see why a deadline is what it is.
struct SLAClock: Codable, Sendable, Equatable {
    let kind: ClockKind
    /// In whose hours it runs, all of it: a change of the calendar holds from the clock's beginning.
    private(set) var calendar: CalendarRef
    private(set) var events: [ClockEvent]
    /// When its warning and its breach were told; each is told once for a target.
    var warnedAt: Date?
    var breachedAt: Date?

    /// Starts a clock.
    ///
    /// - Parameters:
    ///   - targetSeconds: running time allowed, seconds of the calendar.
    ///   - clause: JSON pointer to the target in the service levels of `policyVersion`.
    init(
        _ kind: ClockKind, calendar: CalendarRef, targetSeconds: Int, startedAt: Date, policyVersion: Int? = nil,
        clause: String? = nil
    ) {
        self.kind = kind
        self.calendar = calendar
        events = [
            ClockEvent(
                what: .started, at: startedAt, targetSeconds: targetSeconds, policyVersion: policyVersion,
                clause: clause, calendar: calendar)
        ]
    }

    private enum CodingKeys: CodingKey { case kind, calendar, events, warnedAt, breachedAt }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        kind = try container.decode(ClockKind.self, forKey: .kind)
        calendar = try container.decode(CalendarRef.self, forKey: .calendar)
        events = try container.decode([ClockEvent].self, forKey: .events)
        warnedAt = try container.decodeIfPresent(Date.self, forKey: .warnedAt)
        breachedAt = try container.decodeIfPresent(Date.self, forKey: .breachedAt)
        // Clocks of before calendars had versions never changed theirs.
        if !events.isEmpty, events[0].calendar == nil { events[0].calendar = calendar }
    }

    mutating func record(_ what: ClockEvent.What, at date: Date, reason: String? = nil, targetSeconds: Int? = nil) {
        events.append(ClockEvent(what: what, at: date, targetSeconds: targetSeconds, reason: reason))
    }

    mutating func change(target seconds: Int, at date: Date, policyVersion: Int, clause: String) {
        events.append(
            ClockEvent(
                what: .targetChanged, at: date, targetSeconds: seconds, policyVersion: policyVersion, clause: clause))
    }

    mutating func change(calendar ref: CalendarRef, at date: Date) {
        calendar = ref
        events.append(ClockEvent(what: .calendarChanged, at: date, calendar: ref))
    }

    /// The clock as it would stand if nothing but these had happened to it.
    func with(_ events: [ClockEvent]) -> SLAClock {
        var clock = self
        clock.events = events
        clock.calendar = events.last { $0.calendar != nil }?.calendar ?? calendar
        return clock
    }

    /// The service levels that set its target; the first ones where that was not kept.
    var policyVersion: Int { events.last { $0.targetSeconds != nil }?.policyVersion ?? 1 }

    /// Every calendar that it ever ran in.
    var everyCalendar: Set<CalendarRef> { Set(events.compactMap(\.calendar)).union([calendar]) }
}

/// One thing that happened to a clock.
struct ClockEvent: Codable, Sendable, Equatable {
    enum What: String, Codable, Sendable, CaseIterable {
        case started, paused, resumed, stopped, voided
        case targetChanged = "target_changed"
        case calendarChanged = "calendar_changed"
    }

    let what: What
    let at: Date
    /// With `started` and `targetChanged`.
    var targetSeconds: Int?
    var reason: String?
    /// Which service levels set the target, and where in them.
    var policyVersion: Int?
    var clause: String?
    /// With `started` and `calendarChanged`.
    var calendar: CalendarRef?
}
