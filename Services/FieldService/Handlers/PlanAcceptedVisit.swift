import DomainContracts
import Foundation
import ServiceKit

/// An engineer took the job: there will be a visit, at a time to be agreed.
struct PlanAcceptedVisit: EventHandler {
    func keys(_ event: AssignmentAccepted, _ keys: inout Keys) { keys.need(visitOf: event) }

    func decide(_ event: AssignmentAccepted, _ turn: inout Turn) -> EventOutcome {
        guard turn.get(Visit.self, event.assignmentId) == nil else { return .applied }
        return turn.follow(event, noting: "visit-planned") { _ in true }
    }
}
