import DomainContracts
import Foundation
import ServiceKit

/// The engineer's day was planned anew: when within the window he is to be there. What was promised stays as it is.
struct FollowDayPlan: EventHandler {
    func keys(_ event: AssignmentPlanned, _ keys: inout Keys) { keys.need(visitOf: event) }

    func decide(_ event: AssignmentPlanned, _ turn: inout Turn) -> EventOutcome {
        let sequence = turn.envelope.sequenceNumber
        return turn.follow(event, noting: "day-planned") { $0.plan(event.planned, sequence: sequence) }
    }
}
