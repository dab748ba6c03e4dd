import FoundationEssentials

/// Every assignment of a work order, with its explanation.
public struct AssignmentsQuery: Query, Equatable {
    public typealias Reply = AssignmentsAnswer
    public static let service = ServiceName.dispatch
    public static let wireName = "assignments"

    public var workOrderId: UUID

    public init(workOrderId: UUID) {
        self.workOrderId = workOrderId
    }
}

/// Assignments, oldest first.
public struct AssignmentsAnswer: Codable, Sendable, Equatable {
    public var assignments: [AssignmentView]

    public init(assignments: [AssignmentView] = []) {
        self.assignments = assignments
    }
}

/// One assignment as dispatch holds it.
public struct AssignmentView: Codable, Sendable, Hashable {
    public var assignmentId: UUID
    public var engineerId: UUID
    public var round: Int
    public var status: AssignmentStatus
    public var window: TimeWindow?
    /// When within the window the engineer is to be there; nil: when it begins.
    public var planned: TimeWindow?
    public var offeredAt: Date
    public var explanation: AssignmentExplanation
    /// Who goes with him; nil as nobody.
    public var helperIds: [UUID]?
    /// Whether no plan may move the visit or give it to another; nil from a dispatch that pins none.
    public var pinned: Bool?
    /// For `expectedVersion` of `pin-visit`.
    public var version: Int?

    public init(
        assignmentId: UUID, engineerId: UUID, round: Int, status: AssignmentStatus, window: TimeWindow? = nil,
        planned: TimeWindow? = nil, offeredAt: Date, explanation: AssignmentExplanation, helperIds: [UUID]? = nil,
        pinned: Bool? = nil, version: Int? = nil
    ) {
        self.assignmentId = assignmentId
        self.engineerId = engineerId
        self.round = round
        self.status = status
        self.window = window
        self.planned = planned
        self.offeredAt = offeredAt
        self.explanation = explanation
        self.helperIds = helperIds
        self.pinned = pinned
        self.version = version
    }
}

/// Dispatch's lines of the reconciliation.
public struct DispatchTotalsQuery: Query, Equatable {
    public typealias Reply = DispatchTotals
    public static let service = ServiceName.dispatch
    public static let wireName = "totals"

    public init() {
    }
}

/// Counts over everything dispatch ever did.
public struct DispatchTotals: Codable, Sendable, Equatable {
    public var jobsByStatus: [String: Int]
    public var assignmentsByStatus: [String: Int]
    /// Pairs of live bookings of one engineer that overlap: always 0.
    public var doubleBookings: Int
    public var travelMinutes: Int
    public var engineers: Int
    /// Nil from a dispatch that plans no days.
    public var dayPlans: DayPlanTotals?

    public init(
        jobsByStatus: [String: Int] = [:], assignmentsByStatus: [String: Int] = [:], doubleBookings: Int,
        travelMinutes: Int, engineers: Int, dayPlans: DayPlanTotals? = nil
    ) {
        self.jobsByStatus = jobsByStatus
        self.assignmentsByStatus = assignmentsByStatus
        self.doubleBookings = doubleBookings
        self.travelMinutes = travelMinutes
        self.engineers = engineers
        self.dayPlans = dayPlans
    }
}

/// What day plans have changed.
public struct DayPlanTotals: Codable, Sendable, Hashable {
    /// Plans that were carried out.
    public var plans: Int
    /// Visits that another engineer was offered.
    public var handedOver: Int
    /// Visits that were moved within their windows.
    public var moved: Int
    /// Minutes of travel that the plans saved when they were made.
    public var savedMinutes: Int

    public init(plans: Int, handedOver: Int, moved: Int, savedMinutes: Int) {
        self.plans = plans
        self.handedOver = handedOver
        self.moved = moved
        self.savedMinutes = savedMinutes
    }
}
