import DomainContracts
import Foundation
import ServiceKit

/// The engineer is on his way: nobody plans this visit anew.
struct NoteDeparture: EventHandler {
    func keys(_ event: VisitDeparted, _ keys: inout Keys) { keys.need(Assignment.self, event.visitId) }

    func decide(_ event: VisitDeparted, _ turn: inout Turn) -> EventOutcome {
        // Who has set out for a time that was changed since has turned round.
        guard var assignment = turn.get(Assignment.self, event.visitId), assignment.status == .accepted,
            assignment.window == event.window
        else { return .applied }
        assignment.departedAt = event.departedAt
        turn.set(assignment, event.visitId)
        turn.note("engineer-departed", about: Assignment.self, event.visitId)
        return .applied
    }
}
