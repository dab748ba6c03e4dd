import DomainContracts
import Foundation
import ServiceKit

/// A time is agreed, or moved; the newest booking counts. It makes the visit when it overtakes the acceptance.
struct ScheduleBookedVisit: EventHandler {
    func keys(_ event: AssignmentBooked, _ keys: inout Keys) { keys.need(visitOf: event) }

    func decide(_ event: AssignmentBooked, _ turn: inout Turn) -> EventOutcome {
        let sequence = turn.envelope.sequenceNumber
        var isNews = false
        let outcome = turn.follow(event, noting: "visit-scheduled") { visit in
            isNews = visit.book(event, sequence: sequence)
            return isNews
        }
        if isNews {
            turn.schedule(MissVisit.self, for: event.assignmentId, at: event.window.end + MissVisit.grace)
        }
        return outcome
    }
}
