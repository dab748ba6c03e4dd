import DomainContracts
import Foundation
import ServiceKit

/// Dispatch took the job back: a visit that is not on site is called off. What began on site goes on, since work was
/// done there whatever dispatch says.
struct CancelWithdrawnVisit: EventHandler {
    func keys(_ event: AssignmentWithdrawn, _ keys: inout Keys) {
        keys.need(Visit.self, event.assignmentId)
        keys.need(OrderBrief.self, event.workOrderId)
    }

    func decide(_ event: AssignmentWithdrawn, _ turn: inout Turn) -> EventOutcome {
        guard var visit = turn.get(Visit.self, event.assignmentId) else {
            guard turn.get(WithdrawnAssignment.self, event.assignmentId) == nil else { return .applied }
            turn.set(WithdrawnAssignment(withdrawnAt: event.withdrawnAt), event.assignmentId)
            turn.note("assignment-withdrawn", about: WithdrawnAssignment.self, event.assignmentId)
            return .applied
        }
        guard visit.take(.cancel, at: event.withdrawnAt, by: "dispatch") else { return .applied }
        turn.set(visit, event.assignmentId)
        turn.note("assignment-withdrawn", about: Visit.self, event.assignmentId)
        turn.cancel(MissVisit.self, for: event.assignmentId)
        turn.takeOffList(visit)
        turn.concludeRefused(event.workOrderId, after: visit)
        return .applied
    }
}
