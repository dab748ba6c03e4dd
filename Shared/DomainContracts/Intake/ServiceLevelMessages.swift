import FoundationEssentials

/// Sets a business calendar, a new one or another version of one there is: open clocks in it are reckoned anew.
public struct SetBusinessCalendar: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "set-business-calendar"

    /// What service levels call it by: up to 40 of a-z, 0-9, _, a letter first.
    public var name: String
    public var calendar: CalendarRules
    /// The version that the author had before him, 0 for a new calendar; refused when there is another one since.
    public var expectedVersion: Int?

    public init(name: String, calendar: CalendarRules, expectedVersion: Int? = nil) {
        self.name = name
        self.calendar = calendar
        self.expectedVersion = expectedVersion
    }
}

/// A business calendar was set, or another year's holidays came with a newer Mendloop. Subject `told-calendars/<id>`.
public struct BusinessCalendarChanged: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "business-calendar-changed"

    public var name: String
    public var calendarVersion: Int
    public var zone: String
    /// Holidays, make-up working days and the company's own, from the first of last year on, in order; absent in what was told
    /// before there was this member.
    public var exceptions: [CalendarException]?
    public var changedAt: Date

    public init(
        name: String, calendarVersion: Int, zone: String, exceptions: [CalendarException]? = nil, changedAt: Date
    ) {
        self.name = name
        self.calendarVersion = calendarVersion
        self.zone = zone
        self.exceptions = exceptions
        self.changedAt = changedAt
    }
}

/// Puts service levels in force for every work order that is opened from now on.
public struct PublishServiceLevels: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "publish-service-levels"

    public var serviceLevels: ServiceLevelRules
    /// Whether open clocks get the new targets too. What was paused stays taken out.
    public var applyToOpen: Bool?
    /// The version that the author had before him; refused when another one has been published since.
    public var expectedVersion: Int?

    public init(serviceLevels: ServiceLevelRules, applyToOpen: Bool? = nil, expectedVersion: Int? = nil) {
        self.serviceLevels = serviceLevels
        self.applyToOpen = applyToOpen
        self.expectedVersion = expectedVersion
    }
}

/// Other service levels are in force. Subject `sla-book/<id>`.
public struct ServiceLevelsChanged: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "service-levels-changed"

    public var policyVersion: Int
    public var name: String
    public var appliesToOpen: Bool
    public var changedAt: Date

    public init(policyVersion: Int, name: String, appliesToOpen: Bool, changedAt: Date) {
        self.policyVersion = policyVersion
        self.name = name
        self.appliesToOpen = appliesToOpen
        self.changedAt = changedAt
    }
}

/// A work order's clocks are due at other times, because a calendar or the service levels changed. Subject
/// `work-order/<id>`.
public struct SLAClocksChanged: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "sla-clocks-changed"

    public var workOrderId: UUID
    public var workOrderNumber: String
    public var policyVersion: Int
    public var clocks: [ClockState]
    public var changedAt: Date

    public init(
        workOrderId: UUID, workOrderNumber: String, policyVersion: Int, clocks: [ClockState] = [], changedAt: Date
    ) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.policyVersion = policyVersion
        self.clocks = clocks
        self.changedAt = changedAt
    }
}
