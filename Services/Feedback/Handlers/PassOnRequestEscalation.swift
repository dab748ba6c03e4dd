import DomainContracts
import Foundation
import ServiceKit

/// Nobody has completed a request: somebody higher up gets a message.
struct PassOnRequestEscalation: EventHandler {
    func keys(_ event: RequestEscalated, _ keys: inout Keys) {
        keys.need(Notification.self, Notification.escalation(event.escalation.escalationId))
    }

    func decide(_ event: RequestEscalated, _ turn: inout Turn) -> EventOutcome {
        turn.tell(event.escalation, of: nil, nil)
        return .applied
    }
}
