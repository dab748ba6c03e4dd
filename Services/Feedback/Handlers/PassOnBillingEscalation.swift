import DomainContracts
import Foundation
import ServiceKit

/// Billing tells somebody higher up: he gets a message.
struct PassOnBillingEscalation: EventHandler {
    func keys(_ event: BillingEscalationRaised, _ keys: inout Keys) {
        keys.need(Notification.self, Notification.escalation(event.escalation.escalationId))
    }

    func decide(_ event: BillingEscalationRaised, _ turn: inout Turn) -> EventOutcome {
        turn.tell(event.escalation, of: event.workOrderId, event.workOrderNumber)
        return .applied
    }
}
