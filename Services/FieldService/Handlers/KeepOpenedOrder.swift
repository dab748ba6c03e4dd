import DomainContracts
import Foundation
import ServiceKit

/// Keeps what a report needs of a new work order.
struct KeepOpenedOrder: EventHandler {
    func keys(_ event: WorkOrderOpened, _ keys: inout Keys) { keys.need(OrderBrief.self, event.workOrderId) }

    func decide(_ event: WorkOrderOpened, _ turn: inout Turn) -> EventOutcome {
        guard turn.get(OrderBrief.self, event.workOrderId) == nil else { return .applied }
        turn.set(
            OrderBrief(
                workOrderNumber: event.workOrderNumber, receivedAt: event.receivedAt, problem: event.problem),
            event.workOrderId)
        turn.note("work-order-opened", about: OrderBrief.self, event.workOrderId)
        return .applied
    }
}
