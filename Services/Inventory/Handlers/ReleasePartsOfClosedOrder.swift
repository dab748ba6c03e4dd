import DomainContracts
import Foundation
import ServiceKit

/// A closed, cancelled or merged order holds no parts.
struct ReleasePartsOfClosedOrder: EventHandler {
    let policy: InventoryPolicy

    func keys(_ event: WorkOrderClosed, _ keys: inout Keys) { keys.need(OrderParts.self, event.workOrderId) }

    func decide(_ event: WorkOrderClosed, _ turn: inout Turn) -> EventOutcome {
        var order = turn.get(OrderParts.self, event.workOrderId) ?? OrderParts()
        order.close(at: event.closedAt, forGood: event.status == .closed)
        turn.set(order, event.workOrderId)
        var booking = StockBooking(policy, movedAt: turn.now)
        booking.end(order.requestIds, &turn)
        booking.finish(&turn)
        return .applied
    }
}
