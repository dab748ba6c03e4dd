import DomainContracts
import Foundation
import ServiceKit

/// The promised arrival is another one, because a calendar or the service levels changed: whoever is yet to be found goes by
/// that.
struct FollowClocks: EventHandler {
    func keys(_ event: SLAClocksChanged, _ keys: inout Keys) { keys.need(Job.self, event.workOrderId) }

    func decide(_ event: SLAClocksChanged, _ turn: inout Turn) -> EventOutcome {
        guard var job = turn.get(Job.self, event.workOrderId) else { return waiting(for: event.workOrderId) }
        let sequence = turn.envelope.sequenceNumber
        let due = event.clocks.first { $0.clock == .arrival }?.dueAt
        guard sequence >= job.intakeSequence, let due, job.need != nil else { return .applied }
        job.intakeSequence = sequence
        job.need?.arrivalDueAt = due
        turn.set(job, event.workOrderId)
        turn.note("clocks-changed", about: Job.self, event.workOrderId)
        return .applied
    }
}
