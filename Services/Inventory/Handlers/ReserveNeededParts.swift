import DomainContracts
import Foundation
import ServiceKit

/// Takes down a part request, and reserves its parts unless a storekeeper has to allow it first.
struct ReserveNeededParts: EventHandler {
    let policy: InventoryPolicy

    func keys(_ event: PartsNeeded, _ keys: inout Keys) {
        keys.need(PartRequest.self, event.partRequestId)
        keys.need(OrderParts.self, event.workOrderId)
        for line in event.lines {
            keys.need(Part.self, InventoryID.part(line.partCode))
            keys.need(Backorders.self, InventoryID.backorders(line.partCode))
        }
    }

    func decide(_ event: PartsNeeded, _ turn: inout Turn) -> EventOutcome {
        guard turn.get(PartRequest.self, event.partRequestId) == nil else { return .applied }
        var request = PartRequest(
            partRequestId: event.partRequestId, workOrderId: event.workOrderId, visitId: event.visitId,
            engineerId: event.engineerId, neededAt: min(event.neededAt, turn.now), lines: Self.lines(of: event))
        var order = turn.get(OrderParts.self, event.workOrderId) ?? OrderParts()
        order.add(event.partRequestId)
        turn.set(order, event.workOrderId)
        var booking = StockBooking(policy, movedAt: turn.now)
        if order.isOver(visit: event.visitId, neededAt: event.neededAt) {
            booking.releaseUnissued(&request, &turn)
        } else if worth(request, booking, &turn) > policy.approvalLimit {
            booking.keep(request, &turn)
            turn.note("approval-awaited", about: PartRequest.self, event.partRequestId)
            turn.schedule(
                ApproveOverdueRequest.self, for: event.partRequestId,
                at: turn.now.addingTimeInterval(policy.approvalDeadline))
        } else {
            request.approve(by: .withinLimit)
            booking.reserve(&request, &turn)
        }
        booking.finish(&turn)
        return .applied
    }

    private func worth(_ request: PartRequest, _ booking: StockBooking, _ turn: inout Turn) -> Int {
        request.lines.reduce(0) { $0 + booking.part($1.partCode, &turn).value(of: $1.requested) }
    }

    /// Lines that ask for something; field service lets no others through.
    static func lines(of event: PartsNeeded) -> [PartRequestLine] {
        event.lines.filter { $0.quantity > 0 }.map {
            PartRequestLine(
                lineId: $0.lineId, partCode: $0.partCode,
                requested: min($0.quantity, InventoryPolicy.mostPiecesAtOnce))
        }
    }
}
