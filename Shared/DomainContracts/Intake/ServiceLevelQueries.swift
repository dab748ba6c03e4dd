import FoundationEssentials

/// A business calendar as it is, or as it was.
public struct BusinessCalendarQuery: Query, Equatable {
    public typealias Reply = BusinessCalendarAnswer
    public static let service = ServiceName.intake
    public static let wireName = "business-calendar"

    public var name: String
    /// Absent: the one in force.
    public var calendarVersion: Int?

    public init(name: String, calendarVersion: Int? = nil) {
        self.name = name
        self.calendarVersion = calendarVersion
    }
}

/// A business calendar and its version.
public struct BusinessCalendarAnswer: Codable, Sendable, Equatable {
    /// All calendars there are.
    public var names: [String]
    /// Absent when there is no such calendar.
    public var calendarVersion: Int?
    public var calendar: CalendarRules?
    /// The last day for which its `holidays` are known; afterwards its weekdays hold.
    public var holidaysKnownThrough: String?
    /// Absent for a version that came with Mendloop.
    public var changedAt: Date?
    public var changedBy: String?

    public init(
        names: [String] = [], calendarVersion: Int? = nil, calendar: CalendarRules? = nil,
        holidaysKnownThrough: String? = nil, changedAt: Date? = nil, changedBy: String? = nil
    ) {
        self.names = names
        self.calendarVersion = calendarVersion
        self.calendar = calendar
        self.holidaysKnownThrough = holidaysKnownThrough
        self.changedAt = changedAt
        self.changedBy = changedBy
    }
}

/// The service levels in force, or those of an earlier version.
public struct ServiceLevelsQuery: Query, Equatable {
    public typealias Reply = ServiceLevelsAnswer
    public static let service = ServiceName.intake
    public static let wireName = "service-levels"

    /// Absent: the ones in force.
    public var policyVersion: Int?

    public init(policyVersion: Int? = nil) {
        self.policyVersion = policyVersion
    }
}

/// Service levels and their version.
public struct ServiceLevelsAnswer: Codable, Sendable, Equatable {
    /// 1 are those that come with Mendloop.
    public var policyVersion: Int
    /// Absent when there is no such version.
    public var serviceLevels: ServiceLevelRules?
    public var publishedAt: Date?
    public var publishedBy: String?

    public init(
        policyVersion: Int, serviceLevels: ServiceLevelRules? = nil, publishedAt: Date? = nil,
        publishedBy: String? = nil
    ) {
        self.policyVersion = policyVersion
        self.serviceLevels = serviceLevels
        self.publishedAt = publishedAt
        self.publishedBy = publishedBy
    }
}
