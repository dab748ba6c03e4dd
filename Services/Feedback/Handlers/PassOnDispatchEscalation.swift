import DomainContracts
import Foundation
import ServiceKit

/// Dispatch tells somebody higher up: he gets a message.
struct PassOnDispatchEscalation: EventHandler {
    func decide(_ event: DispatchEscalationRaised, _ turn: inout Turn) -> EventOutcome {
        turn.tell(event.escalation, of: event.workOrderId, event.workOrderNumber)
        return .applied
    }
}
