import DomainContracts
import Foundation
import ServiceKit

/// An offer is a lease: not answered in time it expires, the supervisor is told, and somebody else is found.
struct OfferLease: TimerHandler {
    static let kind = "offer-lease"

    func keys(_ timer: FiredTimer, _ keys: inout Keys) {
        keys.need(Assignment.self, timer.id)
        keys.need(Booking.self, timer.id)
    }

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        guard var assignment = turn.get(Assignment.self, timer.id), assignment.apply(.leaseRanOut) else { return }
        assignment.endedAt = turn.now
        turn.set(assignment, timer.id)
        turn.loseOffer(assignment, timer.id)
        turn.emit(
            assignment.expired(timer.id, at: turn.now), about: Assignment.self, timer.id,
            story: assignment.workOrderId)
        turn.escalate(
            assignment.workOrderId, assignment.workOrderNumber, engineerId: assignment.engineerId,
            CodedReason(
                code: "offer_expired",
                parameters: [
                    "assignmentId": timer.id.text, "round": String(assignment.round),
                ]))
    }
}

/// Whom dispatch tells.
enum EscalationStep: Int {
    case supervisor = 2
    case manager = 3
}

extension Turn {
    /// Tells the engineer's supervisor, or, where nobody in particular is concerned, whoever supervises; or who stands above.
    mutating func escalate(
        _ workOrderId: UUID, _ number: String, engineerId: UUID?, _ reason: CodedReason,
        to step: EscalationStep = .supervisor
    ) {
        let supervisor = engineerId.flatMap { get(Engineer.self, $0)?.supervisorId }
        let escalation = Escalation(
            escalationId: newID(), step: step.rawValue, toRole: "\(step)", engineerId: engineerId,
            supervisorId: supervisor,
            reason: reason, raisedAt: now)
        emit(
            DispatchEscalationRaised(workOrderId: workOrderId, workOrderNumber: number, escalation: escalation),
            about: Job.self, workOrderId, story: workOrderId)
    }
}
