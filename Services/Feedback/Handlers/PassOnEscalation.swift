import DomainContracts
import Foundation
import ServiceKit

/// Intake tells somebody higher up: he gets a message.
struct PassOnEscalation: EventHandler {
    func keys(_ event: IntakeEscalationRaised, _ keys: inout Keys) {
        keys.need(Notification.self, Notification.escalation(event.escalation.escalationId))
        keys.need(Staff.self, event.escalation.engineerId)
        keys.need(Staff.self, event.escalation.supervisorId)
    }

    func decide(_ event: IntakeEscalationRaised, _ turn: inout Turn) -> EventOutcome {
        turn.tell(event.escalation, of: event.workOrderId, event.workOrderNumber)
        return .applied
    }
}
