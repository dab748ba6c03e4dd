import FoundationEssentials

/// The work board 任务看板: what every engineer has before him.
public struct WorkBoardQuery: Query, Equatable {
    public typealias Reply = WorkBoardAnswer
    public static let service = ServiceName.dispatch
    public static let wireName = "work-board"

    /// From when on; also the moment by which a visit is overdue.
    public var at: Date
    /// How far the board reaches, 1…168; 24 unless given.
    public var hours: Int?
    /// Only engineers of this branch.
    public var branch: String?
    /// Only engineers of this team.
    public var team: String?
    /// Only this one, an engineer himself for instance.
    public var engineerId: UUID?

    public init(
        at: Date, hours: Int? = nil, branch: String? = nil, team: String? = nil, engineerId: UUID? = nil
    ) {
        self.at = at
        self.hours = hours
        self.branch = branch
        self.team = team
        self.engineerId = engineerId
    }
}

/// A row for each engineer, by branch, team and name.
public struct WorkBoardAnswer: Codable, Sendable, Equatable {
    /// More would be too much for one answer.
    public static let mostEngineers = 100

    public var engineers: [WorkBoardRow]
    /// There are more engineers: name a branch or a team.
    public var isCutOff: Bool
    /// Jobs that wait for somebody.
    public var openJobs: Int

    public init(engineers: [WorkBoardRow] = [], isCutOff: Bool, openJobs: Int) {
        self.engineers = engineers
        self.isCutOff = isCutOff
        self.openJobs = openJobs
    }
}

/// One engineer's shifts and visits within the board's time.
public struct WorkBoardRow: Codable, Sendable, Hashable {
    public var engineerId: UUID
    public var name: String
    public var branch: String
    public var team: String
    /// His shifts without his absences.
    public var shifts: [TimeWindow]
    /// In order; those that are overdue first.
    public var visits: [WorkBoardVisit]
    /// Minutes that he is on duty, and that he is booked for.
    public var shiftMinutes: Int
    public var bookedMinutes: Int
    /// Visits that were to have ended and have not.
    public var overdue: Int
    /// Visits that are thought to be late by what was promised; nil from a dispatch that does not say.
    public var promisesAtRisk: Int?

    public init(
        engineerId: UUID, name: String, branch: String, team: String, shifts: [TimeWindow] = [],
        visits: [WorkBoardVisit] = [], shiftMinutes: Int, bookedMinutes: Int, overdue: Int, promisesAtRisk: Int? = nil
    ) {
        self.engineerId = engineerId
        self.name = name
        self.branch = branch
        self.team = team
        self.shifts = shifts
        self.visits = visits
        self.shiftMinutes = shiftMinutes
        self.bookedMinutes = bookedMinutes
        self.overdue = overdue
        self.promisesAtRisk = promisesAtRisk
    }
}

/// One visit on the board.
public struct WorkBoardVisit: Codable, Sendable, Hashable {
    public var assignmentId: UUID
    public var workOrderId: UUID
    public var workOrderNumber: String
    public var status: AssignmentStatus
    /// When it is to begin and to end.
    public var booked: TimeWindow
    /// What the customer was promised; nil while nothing is agreed.
    public var window: TimeWindow?
    /// From the stop before, or from home, minutes.
    public var travelMinutes: Int
    public var departedAt: Date?
    /// Whom he helps; nil where the visit is his own.
    public var leadId: UUID?
    /// Whether no plan may move it or give it to another; nil from a dispatch that pins none.
    public var pinned: Bool?
    /// Whether it is thought to begin later than the window that was promised allows, of which the supervisor was told
    /// (`promise_at_risk`); nil from a dispatch that does not say.
    public var promiseAtRisk: Bool?
    /// Pieces that it takes and that are not in his van, or are for a visit before it, accepted ones first; nil where nothing is known to be
    /// missing, of a visit that has begun or with which he helps, and from a dispatch that does not say.
    public var toFetch: [PlannedPart]?

    public init(
        assignmentId: UUID, workOrderId: UUID, workOrderNumber: String, status: AssignmentStatus, booked: TimeWindow,
        window: TimeWindow? = nil, travelMinutes: Int, departedAt: Date? = nil, leadId: UUID? = nil,
        pinned: Bool? = nil, promiseAtRisk: Bool? = nil, toFetch: [PlannedPart]? = nil
    ) {
        self.assignmentId = assignmentId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.status = status
        self.booked = booked
        self.window = window
        self.travelMinutes = travelMinutes
        self.departedAt = departedAt
        self.leadId = leadId
        self.pinned = pinned
        self.promiseAtRisk = promiseAtRisk
        self.toFetch = toFetch
    }
}
