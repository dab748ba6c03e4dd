import DomainContracts
import Foundation
import ServiceKit

/// The work order has ended: whoever was still to go is taken back.
struct CloseJob: EventHandler {
    func keys(_ event: WorkOrderClosed, _ keys: inout Keys) {
        keys.need(Job.self, event.workOrderId)
    }

    func decide(_ event: WorkOrderClosed, _ turn: inout Turn) -> EventOutcome {
        guard var job = turn.get(Job.self, event.workOrderId) else { return waiting(for: event.workOrderId) }
        let sequence = turn.envelope.sequenceNumber
        guard sequence >= job.intakeSequence else { return .applied }
        // Closed again: what was needed in between, and is heard of later, is over too.
        _ = job.apply(.closed)
        job.intakeSequence = sequence
        job.stoppedSequence = sequence
        if let active = job.activeAssignmentId { finish(active, event, &turn) }
        job.activeAssignmentId = nil
        job.forgetPromise()
        job.impasse = nil
        turn.set(job, event.workOrderId)
        turn.note("work-order-\(event.status.rawValue)", about: Job.self, event.workOrderId)
        turn.cancel(RetryDispatch.self, for: event.workOrderId)
        return .applied
    }

    private func finish(_ assignmentId: UUID, _ event: WorkOrderClosed, _ turn: inout Turn) {
        switch event.status {
        case .cancelled: turn.withdraw(assignmentId, because: .cancelled)
        case .merged: turn.withdraw(assignmentId, because: .merged)
        default:
            // Closed after a visit whose end has not reached us yet, or from afar.
            if !turn.end(assignmentId, by: .visitEnded, at: event.closedAt) {
                turn.withdraw(assignmentId, because: .resolved)
            }
        }
    }
}
