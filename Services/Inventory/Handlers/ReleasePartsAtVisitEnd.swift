import DomainContracts
import Foundation
import ServiceKit

/// A visit after which the job is over gives its order's reservations up; one that waits for parts keeps them.
struct ReleasePartsAtVisitEnd: EventHandler {
    let policy: InventoryPolicy

    func keys(_ event: VisitEnded, _ keys: inout Keys) {
        guard OrderParts.isFinal(event.reason) else { return }
        keys.need(OrderParts.self, event.workOrderId)
        keys.need(PartRequest.self, event.partRequestIds)
    }

    func decide(_ event: VisitEnded, _ turn: inout Turn) -> EventOutcome {
        guard OrderParts.isFinal(event.reason) else { return .applied }
        let known = turn.get(OrderParts.self, event.workOrderId)
        // Orders without part requests, most of them, need no row.
        guard known != nil || !event.partRequestIds.isEmpty else { return .applied }
        var order = known ?? OrderParts()
        order.end(visit: event.visitId)
        turn.set(order, event.workOrderId)
        var booking = StockBooking(policy, movedAt: turn.now)
        booking.end(order.requestIds, &turn)
        booking.finish(&turn)
        return .applied
    }
}
