import FoundationEssentials

/// A job was offered to an engineer; the offer is a lease. Subject `assignment/<id>`.
public struct AssignmentOffered: Event, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "assignment-offered"

    public var assignmentId: UUID
    public var workOrderId: UUID
    public var workOrderNumber: String
    public var engineerId: UUID
    /// The round of the work order's need that this offer serves.
    public var round: Int
    /// Time held for the visit until the customer agrees to one.
    public var proposedWindow: TimeWindow
    /// Agreed with the customer already, for an engineer who had the job before: whoever takes it keeps it.
    public var agreedWindow: TimeWindow?
    public var offeredAt: Date
    public var leaseExpiresAt: Date
    public var explanation: AssignmentExplanation
    /// What the engineer must know to decide.
    public var serviceType: ServiceType
    public var priority: Priority
    public var problem: String
    public var category: String?
    public var regionCode: String?
    public var location: Coordinates?
    /// Who is to go with him; nil as nobody.
    public var helperIds: [UUID]?

    public init(
        assignmentId: UUID, workOrderId: UUID, workOrderNumber: String, engineerId: UUID, round: Int,
        proposedWindow: TimeWindow, agreedWindow: TimeWindow? = nil, offeredAt: Date, leaseExpiresAt: Date,
        explanation: AssignmentExplanation, serviceType: ServiceType, priority: Priority, problem: String,
        category: String? = nil, regionCode: String? = nil, location: Coordinates? = nil, helperIds: [UUID]? = nil
    ) {
        self.assignmentId = assignmentId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.engineerId = engineerId
        self.round = round
        self.proposedWindow = proposedWindow
        self.agreedWindow = agreedWindow
        self.offeredAt = offeredAt
        self.leaseExpiresAt = leaseExpiresAt
        self.explanation = explanation
        self.serviceType = serviceType
        self.priority = priority
        self.problem = problem
        self.category = category
        self.regionCode = regionCode
        self.location = location
        self.helperIds = helperIds
    }
}

/// The engineer took the job. The visit that follows bears the assignment's id. Subject `assignment/<id>`.
public struct AssignmentAccepted: Event, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "assignment-accepted"

    public var assignmentId: UUID
    public var workOrderId: UUID
    public var workOrderNumber: String
    public var engineerId: UUID
    public var round: Int
    public var proposedWindow: TimeWindow
    /// Agreed with the customer already: `assignment-booked` follows, and nobody need ask him.
    public var agreedWindow: TimeWindow?
    public var acceptedAt: Date
    /// Who goes with him; nil as nobody. `crew-changed` tells when others do.
    public var helperIds: [UUID]?

    public init(
        assignmentId: UUID, workOrderId: UUID, workOrderNumber: String, engineerId: UUID, round: Int,
        proposedWindow: TimeWindow, agreedWindow: TimeWindow? = nil, acceptedAt: Date, helperIds: [UUID]? = nil
    ) {
        self.assignmentId = assignmentId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.engineerId = engineerId
        self.round = round
        self.proposedWindow = proposedWindow
        self.agreedWindow = agreedWindow
        self.acceptedAt = acceptedAt
        self.helperIds = helperIds
    }
}

/// The engineer did not take the job. Subject `assignment/<id>`.
public struct AssignmentDeclined: Event, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "assignment-declined"

    public var assignmentId: UUID
    public var workOrderId: UUID
    public var workOrderNumber: String
    public var engineerId: UUID
    public var round: Int
    public var reason: DeclineReason
    public var declinedAt: Date

    public init(
        assignmentId: UUID, workOrderId: UUID, workOrderNumber: String, engineerId: UUID, round: Int,
        reason: DeclineReason, declinedAt: Date
    ) {
        self.assignmentId = assignmentId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.engineerId = engineerId
        self.round = round
        self.reason = reason
        self.declinedAt = declinedAt
    }
}

/// The offer was not answered in time. Subject `assignment/<id>`.
public struct AssignmentExpired: Event, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "assignment-expired"

    public var assignmentId: UUID
    public var workOrderId: UUID
    public var workOrderNumber: String
    public var engineerId: UUID
    public var round: Int
    public var expiredAt: Date

    public init(
        assignmentId: UUID, workOrderId: UUID, workOrderNumber: String, engineerId: UUID, round: Int, expiredAt: Date
    ) {
        self.assignmentId = assignmentId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.engineerId = engineerId
        self.round = round
        self.expiredAt = expiredAt
    }
}

/// Dispatch took the job back 改派, before or after it was accepted. Subject `assignment/<id>`.
public struct AssignmentWithdrawn: Event, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "assignment-withdrawn"

    public var assignmentId: UUID
    public var workOrderId: UUID
    public var workOrderNumber: String
    public var engineerId: UUID
    public var round: Int
    public var reason: WithdrawReason
    public var withdrawnAt: Date

    public init(
        assignmentId: UUID, workOrderId: UUID, workOrderNumber: String, engineerId: UUID, round: Int,
        reason: WithdrawReason, withdrawnAt: Date
    ) {
        self.assignmentId = assignmentId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.engineerId = engineerId
        self.round = round
        self.reason = reason
        self.withdrawnAt = withdrawnAt
    }
}

/// A time is agreed with the customer, or moved. Subject `assignment/<id>`.
public struct AssignmentBooked: Event, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "assignment-booked"

    public var assignmentId: UUID
    public var workOrderId: UUID
    public var workOrderNumber: String
    public var engineerId: UUID
    public var round: Int
    /// The engineer comes within it. Unless `assignment-planned` says otherwise he is to come when it begins.
    public var window: TimeWindow
    /// The first window ever agreed, by whomever it was to be kept: the figures go by it.
    public var originalWindow: TimeWindow
    public var rebooked: Bool
    public var initiatedBy: Initiator
    public var bookedAt: Date

    public init(
        assignmentId: UUID, workOrderId: UUID, workOrderNumber: String, engineerId: UUID, round: Int,
        window: TimeWindow, originalWindow: TimeWindow, rebooked: Bool, initiatedBy: Initiator, bookedAt: Date
    ) {
        self.assignmentId = assignmentId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.engineerId = engineerId
        self.round = round
        self.window = window
        self.originalWindow = originalWindow
        self.rebooked = rebooked
        self.initiatedBy = initiatedBy
        self.bookedAt = bookedAt
    }
}

/// When within the agreed window the engineer is to be there: his day was planned, or planned anew. Subject
/// `assignment/<id>`; of two the one with the higher sequence counts, and a booking after it takes it back.
public struct AssignmentPlanned: Event, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "assignment-planned"

    public var assignmentId: UUID
    public var workOrderId: UUID
    public var workOrderNumber: String
    public var engineerId: UUID
    public var round: Int
    /// What the customer was promised: planning never changes it.
    public var window: TimeWindow
    /// The visit itself. It begins within the window, and may end after it.
    public var planned: TimeWindow
    public var plannedAt: Date

    public init(
        assignmentId: UUID, workOrderId: UUID, workOrderNumber: String, engineerId: UUID, round: Int,
        window: TimeWindow, planned: TimeWindow, plannedAt: Date
    ) {
        self.assignmentId = assignmentId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.engineerId = engineerId
        self.round = round
        self.window = window
        self.planned = planned
        self.plannedAt = plannedAt
    }
}

/// Who goes with the engineer has changed since he accepted. Subject `assignment/<id>`; the newest counts.
public struct CrewChanged: Event, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "crew-changed"

    public var assignmentId: UUID
    public var workOrderId: UUID
    public var workOrderNumber: String
    public var engineerId: UUID
    public var round: Int
    /// All who go with him now.
    public var helperIds: [UUID]
    /// How many are still looked for.
    public var missing: Int
    /// The visit that they are booked for.
    public var booked: TimeWindow
    public var changedAt: Date

    public init(
        assignmentId: UUID, workOrderId: UUID, workOrderNumber: String, engineerId: UUID, round: Int,
        helperIds: [UUID] = [], missing: Int, booked: TimeWindow, changedAt: Date
    ) {
        self.assignmentId = assignmentId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.engineerId = engineerId
        self.round = round
        self.helperIds = helperIds
        self.missing = missing
        self.booked = booked
        self.changedAt = changedAt
    }
}
