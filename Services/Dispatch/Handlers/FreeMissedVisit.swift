import DomainContracts
import Foundation
import ServiceKit

/// Nobody came 爽约: the assignment is a no-show and its time free. Intake's next round finds somebody else.
struct FreeMissedVisit: EventHandler {
    func keys(_ event: VisitMissed, _ keys: inout Keys) {
        keys.need(Assignment.self, event.visitId)
        keys.need(Booking.self, event.visitId)
        keys.need(EngineerCalendar.self, event.engineerId)
        keys.need(Job.self, event.workOrderId)
    }

    func decide(_ event: VisitMissed, _ turn: inout Turn) -> EventOutcome {
        guard var job = turn.get(Job.self, event.workOrderId) else { return waiting(for: event.workOrderId) }
        turn.end(event.visitId, by: .visitMissed, at: event.missedAt)
        guard job.activeAssignmentId == event.visitId else { return .applied }
        _ = job.apply(.visitOver)
        job.activeAssignmentId = nil
        job.forgetPromise()
        job.lastVisitEnd = nil
        turn.set(job, event.workOrderId)
        turn.note("visit-missed", about: Job.self, event.workOrderId)
        return .applied
    }
}
