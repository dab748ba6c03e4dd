import DomainContracts
import Foundation
import ServiceKit

/// Others go with the engineer than did before.
struct FollowCrew: EventHandler {
    func keys(_ event: CrewChanged, _ keys: inout Keys) { keys.need(visitOf: event) }

    func decide(_ event: CrewChanged, _ turn: inout Turn) -> EventOutcome {
        let sequence = turn.envelope.sequenceNumber
        return turn.follow(event, noting: "crew-changed") { $0.take(event.helperIds, sequence: sequence) }
    }
}
