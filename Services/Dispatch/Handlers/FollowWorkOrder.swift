import DomainContracts
import Foundation
import ServiceKit

/// Takes up a new round of need, or takes everybody back when nobody is to go any more.
struct FollowWorkOrder: EventHandler {
    func keys(_ event: WorkOrderChanged, _ keys: inout Keys) {
        keys.need(Job.self, event.workOrderId)
    }

    func decide(_ event: WorkOrderChanged, _ turn: inout Turn) -> EventOutcome {
        guard var job = turn.get(Job.self, event.workOrderId) else { return waiting(for: event.workOrderId) }
        let sequence = turn.envelope.sequenceNumber
        let isNewest = sequence >= job.intakeSequence
        // A round says by its number whether it is new; a status only by the order in which intake changed it.
        if let need = event.need, need.round > job.round, sequence < job.stoppedSequence ?? 0 {
            job.pass(over: need)
        } else if let need = event.need, need.round > job.round {
            job.intakeSequence = max(sequence, job.intakeSequence)
            endPrevious(of: job, for: need.reason, &turn)
            job.forgetPromise()
            job.open(for: need, now: turn.now)
            turn.cancel(RetryDispatch.self, for: event.workOrderId)
        } else if isNewest, event.need == nil, let reason = stopReason(event) {
            job.intakeSequence = sequence
            job.stoppedSequence = sequence
            if let active = job.activeAssignmentId { turn.withdraw(active, because: reason) }
            _ = job.apply(.stopped)
            job.activeAssignmentId = nil
            job.forgetPromise()
            job.impasse = nil
            job.isOnHold = event.status == .onHold
            turn.cancel(RetryDispatch.self, for: event.workOrderId)
        } else {
            guard isNewest else { return .applied }
            job.intakeSequence = sequence
        }
        turn.set(job, event.workOrderId)
        turn.note("work-order-\(event.status.rawValue)", about: Job.self, event.workOrderId)
        return .applied
    }

    /// A new round can come before the news that ended the last one: what it says about that is taken as true.
    private func endPrevious(of job: Job, for reason: DispatchReason, _ turn: inout Turn) {
        guard let active = job.activeAssignmentId, let assignment = turn.get(Assignment.self, active) else { return }
        let visitIsOver: [DispatchReason] = [.partsReady, .skillShort, .customerReady, .reopened, .approved]
        if assignment.status == .accepted, reason == .missed {
            turn.end(active, by: .visitMissed, at: turn.now)
        } else if assignment.status == .accepted, visitIsOver.contains(reason) {
            turn.end(active, by: .visitEnded, at: turn.now)
        } else {
            turn.withdraw(active, because: .superseded)
        }
    }

    /// Why nobody is to go any more; nil when the status says nothing of that kind.
    private func stopReason(_ event: WorkOrderChanged) -> WithdrawReason? {
        if event.status == .onHold { return .onHold }
        // Settled from afar; after a visit the order comes from `awaiting_confirmation` instead.
        let beforeWork: [WorkOrderStatus] = [
            .qualified, .pendingDispatch, .assigned, .accepted, .scheduled, .awaitingParts, .awaitingCustomer, .onHold,
        ]
        return event.status == .awaitingFollowUp && beforeWork.contains(event.previousStatus) ? .resolved : nil
    }
}
