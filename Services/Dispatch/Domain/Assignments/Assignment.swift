import DomainContracts
import FoundationEssentials

/// One offer of a job to one engineer, and what became of it 派工记录.
struct Assignment: Codable, Sendable, Equatable {
    var workOrderId: UUID
    var workOrderNumber: String
    var engineerId: UUID
    var round: Int
    private(set) var status: AssignmentState
    /// Held for the visit from the offer on.
    var proposedWindow: TimeWindow
    /// Agreed with the customer.
    var window: TimeWindow?
    /// The first ever agreed: the figures go by it.
    var originalWindow: TimeWindow?
    var offeredAt: Date
    var leaseExpiresAt: Date
    var acceptedAt: Date?
    var endedAt: Date?
    var declineReason: DeclineReason?
    var declineNote: String?
    var withdrawReason: WithdrawReason?
    /// From the stop before, or from home.
    var travelMinutes: Int
    var explanation: AssignmentExplanation

    init(
        workOrderId: UUID, workOrderNumber: String, engineerId: UUID, round: Int, proposedWindow: TimeWindow,
        offeredAt: Date, leaseExpiresAt: Date, travelMinutes: Int, explanation: AssignmentExplanation
    ) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.engineerId = engineerId
        self.round = round
        self.status = .offered
        self.proposedWindow = proposedWindow
        self.offeredAt = offeredAt
        self.leaseExpiresAt = leaseExpiresAt
        self.travelMinutes = travelMinutes
        self.explanation = explanation
    }

    /// Moves the state machine; false, and unchanged, when the event changes nothing here.
    mutating func apply(_ event: AssignmentEvent) -> Bool {
        guard let next = AssignmentStateMachine.next(status, event) else { return false }
        status = next
        return true
    }
}
