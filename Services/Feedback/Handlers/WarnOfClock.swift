import DomainContracts
import Foundation
import ServiceKit

/// A clock passed its warning share: he whose turn it is gets a message.
struct WarnOfClock: EventHandler {
    func keys(_ event: SLAClockWarned, _ keys: inout Keys) { keys.need(OrderNotice.self, event.workOrderId) }

    func decide(_ event: SLAClockWarned, _ turn: inout Turn) -> EventOutcome {
        turn.tell(
            event.clock, .slaWarning, of: event.workOrderId, event.workOrderNumber, responsible: event.responsible)
    }
}
