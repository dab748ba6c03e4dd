import FoundationEssentials

/// Makes an engineer known, or changes what is known of him.
public struct RegisterEngineer: Command, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "register-engineer"

    public var engineerId: UUID
    public var employeeNumber: String
    public var name: String
    public var grade: String
    public var branch: String
    public var team: String
    public var supervisorId: UUID?
    /// Cost of an hour of his work.
    public var hourlyRate: Money
    public var skills: [SkillLevel]
    /// Region codes he serves; a shorter code covers all that begin with it. None, and no areas, means everywhere.
    public var regionCodes: [String]
    /// Polygons he serves besides: at most 20, of 3 to 200 corners in order.
    public var areas: [[Coordinates]]?
    /// Where his days begin and end.
    public var home: Coordinates?
    /// Where he fetches parts that a visit takes and that are not in his van: the depot 仓库 of his branch. With none, nobody plans
    /// his way there.
    public var depot: Coordinates?
    /// Product lines he works on, as orders name their category; none means all.
    public var productLines: [String]?
    /// Tools that he has with him, by codes of the company's own.
    public var tools: [String]?
    /// The partner company whose engineer he is; nil for our own.
    public var partner: String?
    /// Visits that he makes in a shift at most, 1…50; nil: as many as fit.
    public var visitsPerDay: Int?
    /// The version that the sender has seen, 0 for a new one; refused when there is another by now. An engineer has one
    /// version for what is known of him, his shifts and his absences.
    public var expectedVersion: Int?

    public init(
        engineerId: UUID, employeeNumber: String, name: String, grade: String, branch: String, team: String,
        supervisorId: UUID? = nil, hourlyRate: Money, skills: [SkillLevel] = [], regionCodes: [String] = [],
        areas: [[Coordinates]]? = nil, home: Coordinates? = nil, depot: Coordinates? = nil,
        productLines: [String]? = nil, tools: [String]? = nil, partner: String? = nil,
        visitsPerDay: Int? = nil, expectedVersion: Int? = nil
    ) {
        self.engineerId = engineerId
        self.employeeNumber = employeeNumber
        self.name = name
        self.grade = grade
        self.branch = branch
        self.team = team
        self.supervisorId = supervisorId
        self.hourlyRate = hourlyRate
        self.skills = skills
        self.regionCodes = regionCodes
        self.areas = areas
        self.home = home
        self.depot = depot
        self.productLines = productLines
        self.tools = tools
        self.partner = partner
        self.visitsPerDay = visitsPerDay
        self.expectedVersion = expectedVersion
    }
}

/// Replaces an engineer's weekly shifts.
public struct SetShift: Command, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "set-shift"

    public var engineerId: UUID
    /// Offset of the shift's wall clock from UTC, minutes: 480 in China. Where a `zone` is named, that counts instead.
    public var utcOffsetMinutes: Int
    public var weekly: [WeekdayShift]
    /// The business calendar on whose holidays he is off duty and on whose make-up working days he works; without one his weeks are all
    /// alike.
    public var calendar: String?
    /// The engineer's version, as of `register-engineer`.
    public var expectedVersion: Int?
    /// The IANA time zone, such as `Europe/Berlin`, by whose clocks he works: its summer time is known. Without one they show
    /// the same offset all year round.
    public var zone: String?
    /// How long after the end of a day's last shift his visits may last if need be, 0…240; none unless given. What it costs
    /// is the soft rule `overtime`'s to say, and where that charges nothing nobody is sent into overtime by the rules.
    public var overtimeMinutes: Int?

    public init(
        engineerId: UUID, utcOffsetMinutes: Int, weekly: [WeekdayShift] = [], calendar: String? = nil,
        expectedVersion: Int? = nil, zone: String? = nil, overtimeMinutes: Int? = nil
    ) {
        self.overtimeMinutes = overtimeMinutes
        self.zone = zone
        self.engineerId = engineerId
        self.utcOffsetMinutes = utcOffsetMinutes
        self.weekly = weekly
        self.calendar = calendar
        self.expectedVersion = expectedVersion
    }
}

/// One shift on one weekday.
public struct WeekdayShift: Codable, Sendable, Hashable {
    /// ISO weekday, 1 Monday … 7 Sunday.
    public var weekday: Int
    /// Minutes after local midnight.
    public var startMinute: Int
    /// Minutes after local midnight; above 1,440 runs into the next day.
    public var endMinute: Int
    /// When his break begins, minutes after local midnight, and its length; both or neither.
    public var breakStartMinute: Int?
    public var breakMinutes: Int?

    public init(
        weekday: Int, startMinute: Int, endMinute: Int, breakStartMinute: Int? = nil, breakMinutes: Int? = nil
    ) {
        self.weekday = weekday
        self.startMinute = startMinute
        self.endMinute = endMinute
        self.breakStartMinute = breakStartMinute
        self.breakMinutes = breakMinutes
    }
}

/// Asks when somebody could come; changes nothing.
public struct OfferSlots: Command, Equatable {
    public typealias Reply = SlotsOffered
    public static let service = ServiceName.dispatch
    public static let wireName = "offer-slots"

    public var workOrderId: UUID
    public var notBefore: Date?
    public var notAfter: Date?
    /// How many slots to offer, 1…20.
    public var count: Int?
    /// How long the windows are within which the customer is told to expect somebody, 15…720; 120 unless given.
    public var windowMinutes: Int?

    public init(
        workOrderId: UUID, notBefore: Date? = nil, notAfter: Date? = nil, count: Int? = nil, windowMinutes: Int? = nil
    ) {
        self.workOrderId = workOrderId
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.count = count
        self.windowMinutes = windowMinutes
    }
}

/// Slots for the customer to choose from, the best first as the rules weigh travel against waiting; none lies over another.
public struct SlotsOffered: Codable, Sendable, Equatable {
    public var workOrderId: UUID
    public var slots: [OfferedSlot]

    public init(workOrderId: UUID, slots: [OfferedSlot] = []) {
        self.workOrderId = workOrderId
        self.slots = slots
    }
}

/// One window within which an engineer can come, and what it costs.
public struct OfferedSlot: Codable, Sendable, Hashable {
    public var engineerId: UUID
    public var window: TimeWindow
    /// Extra travel that this slot costs, minutes.
    public var travelMinutes: Int

    public init(engineerId: UUID, window: TimeWindow, travelMinutes: Int) {
        self.engineerId = engineerId
        self.window = window
        self.travelMinutes = travelMinutes
    }
}

/// The customer agreed to a time with the accepted engineer: he comes within the window.
public struct BookSlot: Command, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "book-slot"

    public var assignmentId: UUID
    public var window: TimeWindow
    public var occurredAt: Date?

    public init(assignmentId: UUID, window: TimeWindow, occurredAt: Date? = nil) {
        self.assignmentId = assignmentId
        self.window = window
        self.occurredAt = occurredAt
    }
}

/// Moves a booked visit 改约, or asks for a new time after nobody was home.
public struct RebookSlot: Command, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "rebook-slot"

    public var workOrderId: UUID
    public var window: TimeWindow
    public var initiatedBy: Initiator
    public var reason: String?
    /// The signed link's token, when the customer acts through it.
    public var token: String?
    public var channelUserId: String?
    public var occurredAt: Date?

    public init(
        workOrderId: UUID, window: TimeWindow, initiatedBy: Initiator, reason: String? = nil, token: String? = nil,
        channelUserId: String? = nil, occurredAt: Date? = nil
    ) {
        self.workOrderId = workOrderId
        self.window = window
        self.initiatedBy = initiatedBy
        self.reason = reason
        self.token = token
        self.channelUserId = channelUserId
        self.occurredAt = occurredAt
    }
}

/// A dispatcher's own decision: it wins over the rules' and stays.
public struct AssignEngineer: Command, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "assign"

    public var workOrderId: UUID
    public var engineerId: UUID
    public var window: TimeWindow?
    public var reason: String?
    public var occurredAt: Date?

    public init(
        workOrderId: UUID, engineerId: UUID, window: TimeWindow? = nil, reason: String? = nil, occurredAt: Date? = nil
    ) {
        self.workOrderId = workOrderId
        self.engineerId = engineerId
        self.window = window
        self.reason = reason
        self.occurredAt = occurredAt
    }
}

/// A dispatcher says who goes with the engineer: his word stands, whatever the rules ask for.
public struct SetHelpers: Command, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "set-helpers"

    public var assignmentId: UUID
    /// All of them, at most 5; none: he goes alone.
    public var helperIds: [UUID]

    public init(assignmentId: UUID, helperIds: [UUID] = []) {
        self.assignmentId = assignmentId
        self.helperIds = helperIds
    }
}

/// The engineer takes the job within the lease.
public struct AcceptAssignment: Command, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "accept"

    public var assignmentId: UUID
    public var engineerId: UUID
    public var occurredAt: Date?

    public init(assignmentId: UUID, engineerId: UUID, occurredAt: Date? = nil) {
        self.assignmentId = assignmentId
        self.engineerId = engineerId
        self.occurredAt = occurredAt
    }
}

/// The engineer does not take the job.
public struct DeclineAssignment: Command, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "decline"

    public var assignmentId: UUID
    public var engineerId: UUID
    public var reason: DeclineReason
    public var note: String?
    public var occurredAt: Date?

    public init(
        assignmentId: UUID, engineerId: UUID, reason: DeclineReason, note: String? = nil, occurredAt: Date? = nil
    ) {
        self.assignmentId = assignmentId
        self.engineerId = engineerId
        self.reason = reason
        self.note = note
        self.occurredAt = occurredAt
    }
}
