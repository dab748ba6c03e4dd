import DomainContracts
import Foundation
import ServiceKit

/// An engineer took the job: there will be a visit, at a time to be agreed.
struct PlanAcceptedVisit: EventHandler {
    func keys(_ event: AssignmentAccepted, _ keys: inout Keys) { keys.need(visitOf: event) }

    func decide(_ event: AssignmentAccepted, _ turn: inout Turn) -> EventOutcome {
        let isKnown = turn.get(Visit.self, event.assignmentId) != nil
        let sequence = turn.envelope.sequenceNumber
        return turn.follow(event, noting: "visit-planned") { visit in
            let isNews = event.helperIds.map { visit.take($0, sequence: sequence) } ?? false
            return isNews || !isKnown
        }
    }
}
