import DomainContracts
import Foundation
import ServiceKit

/// Intake tells somebody higher up: he gets a message.
struct PassOnEscalation: EventHandler {
    func decide(_ event: IntakeEscalationRaised, _ turn: inout Turn) -> EventOutcome {
        turn.tell(event.escalation, of: event.workOrderId, event.workOrderNumber)
        return .applied
    }
}
