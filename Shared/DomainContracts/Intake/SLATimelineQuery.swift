import FoundationEssentials

/// Why a work order's clocks stand where they stand, by id or number.
public struct SLATimelineQuery: Query, Equatable {
    public typealias Reply = SLATimeline
    public static let service = ServiceName.intake
    public static let wireName = "sla-timeline"

    public var workOrderId: UUID?
    public var workOrderNumber: String?

    public init(workOrderId: UUID? = nil, workOrderNumber: String? = nil) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
    }
}

/// Everything that happened to the clocks of one work order; `found` false when there is none.
public struct SLATimeline: Codable, Sendable, Equatable {
    public var found: Bool
    public var workOrderNumber: String?
    public var status: WorkOrderStatus?
    public var priority: Priority?
    public var serviceType: ServiceType?
    public var entitlement: Entitlement?
    /// The moment for which it was told.
    public var at: Date?
    public var clocks: [ClockTimeline]

    public init(
        found: Bool, workOrderNumber: String? = nil, status: WorkOrderStatus? = nil, priority: Priority? = nil,
        serviceType: ServiceType? = nil, entitlement: Entitlement? = nil, at: Date? = nil, clocks: [ClockTimeline] = []
    ) {
        self.found = found
        self.workOrderNumber = workOrderNumber
        self.status = status
        self.priority = priority
        self.serviceType = serviceType
        self.entitlement = entitlement
        self.at = at
        self.clocks = clocks
    }
}

/// One clock, from its start.
public struct ClockTimeline: Codable, Sendable, Hashable {
    public var state: ClockState
    /// The calendar its time runs in.
    public var calendar: String
    public var calendarVersion: Int
    public var zone: String
    /// Seconds of the calendar that have run.
    public var elapsedSeconds: Int
    public var steps: [ClockStep]
    /// Days between its start and its end, or when it is due, that are not what their weekday is.
    public var specialDays: [SpecialDay]

    public init(
        state: ClockState, calendar: String, calendarVersion: Int, zone: String, elapsedSeconds: Int,
        steps: [ClockStep] = [], specialDays: [SpecialDay] = []
    ) {
        self.state = state
        self.calendar = calendar
        self.calendarVersion = calendarVersion
        self.zone = zone
        self.elapsedSeconds = elapsedSeconds
        self.steps = steps
        self.specialDays = specialDays
    }
}

/// Something that happened to a clock, and what it came to.
public struct ClockStep: Codable, Sendable, Hashable {
    public var at: Date
    public var what: ClockStepKind
    /// Why: the wait that paused it.
    public var reason: String?
    /// The target from here on, where it was set.
    public var targetSeconds: Int?
    /// The service levels that set it, and a JSON pointer to their clause.
    public var policyVersion: Int?
    public var clause: String?
    /// The calendar from here on, where it was set.
    public var calendar: String?
    public var calendarVersion: Int?
    /// Who was told.
    public var toRole: String?
    /// Seconds of the calendar that had run by then.
    public var elapsedSeconds: Int
    /// When it was due as things stood then; absent while it did not run.
    public var dueAt: Date?

    public init(
        at: Date, what: ClockStepKind, reason: String? = nil, targetSeconds: Int? = nil, policyVersion: Int? = nil,
        clause: String? = nil, calendar: String? = nil, calendarVersion: Int? = nil, toRole: String? = nil,
        elapsedSeconds: Int, dueAt: Date? = nil
    ) {
        self.at = at
        self.what = what
        self.reason = reason
        self.targetSeconds = targetSeconds
        self.policyVersion = policyVersion
        self.clause = clause
        self.calendar = calendar
        self.calendarVersion = calendarVersion
        self.toRole = toRole
        self.elapsedSeconds = elapsedSeconds
        self.dueAt = dueAt
    }
}

/// A day that a calendar treats otherwise than its weekday.
public struct SpecialDay: Codable, Sendable, Hashable {
    /// `2026-02-14`
    public var date: String
    /// Minutes of work on it; 0 on a holiday.
    public var minutes: Int
    public var name: String?

    public init(date: String, minutes: Int, name: String? = nil) {
        self.date = date
        self.minutes = minutes
        self.name = name
    }
}
