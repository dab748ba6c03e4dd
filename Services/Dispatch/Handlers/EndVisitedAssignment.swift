import DomainContracts
import Foundation
import ServiceKit

/// The visit ended: the assignment is fulfilled, and what is left of its booked time is free again.
struct EndVisitedAssignment: EventHandler {
    func keys(_ event: VisitEnded, _ keys: inout Keys) {
        keys.need(Assignment.self, event.visitId)
        keys.need(Booking.self, event.visitId)
        keys.need(EngineerCalendar.self, event.engineerId)
        keys.need(Job.self, event.workOrderId)
    }

    func decide(_ event: VisitEnded, _ turn: inout Turn) -> EventOutcome {
        guard var job = turn.get(Job.self, event.workOrderId) else { return waiting(for: event.workOrderId) }
        turn.end(event.visitId, by: .visitEnded, at: event.endedAt)
        turn.remember(event, of: job)
        guard job.activeAssignmentId == event.visitId else { return .applied }
        _ = job.apply(.visitOver)
        job.activeAssignmentId = nil
        job.forgetPromise()
        job.lastVisitEnd = event.reason
        turn.set(job, event.workOrderId)
        turn.note("visit-ended", about: Job.self, event.workOrderId)
        return .applied
    }
}
