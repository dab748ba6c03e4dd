import DomainContracts
import Foundation
import ServiceKit

/// Dispatch tells somebody higher up: he gets a message.
struct PassOnDispatchEscalation: EventHandler {
    func keys(_ event: DispatchEscalationRaised, _ keys: inout Keys) {
        keys.need(Notification.self, Notification.escalation(event.escalation.escalationId))
        keys.need(Staff.self, event.escalation.engineerId)
        keys.need(Staff.self, event.escalation.supervisorId)
    }

    func decide(_ event: DispatchEscalationRaised, _ turn: inout Turn) -> EventOutcome {
        turn.tell(event.escalation, of: event.workOrderId, event.workOrderNumber)
        return .applied
    }
}
