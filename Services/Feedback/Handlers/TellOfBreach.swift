import DomainContracts
import Foundation
import ServiceKit

/// A clock ran past its target: the supervisor gets a message.
struct TellOfBreach: EventHandler {
    func keys(_ event: SLAClockBreached, _ keys: inout Keys) { keys.need(OrderNotice.self, event.workOrderId) }

    func decide(_ event: SLAClockBreached, _ turn: inout Turn) -> EventOutcome {
        turn.tell(
            event.clock, .slaBreach, of: event.workOrderId, event.workOrderNumber, responsible: event.responsible)
    }
}
