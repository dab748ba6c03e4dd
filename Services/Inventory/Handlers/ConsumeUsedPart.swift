import DomainContracts
import Foundation
import ServiceKit

/// Books a part that went into a device out of the engineer's van. The part is in the device: what the van lacks in
/// the books is adjusted, never refused.
struct ConsumeUsedPart: EventHandler {
    let policy: InventoryPolicy

    func keys(_ event: PartUsed, _ keys: inout Keys) {
        let van = Location.vanCode(event.engineerId)
        keys.need(BookedAct.self, event.usageId)
        keys.need(Part.self, InventoryID.part(event.partCode))
        keys.need(StockItem.self, InventoryID.stock(van, event.partCode))
        keys.need(PartRequest.self, event.partRequestId)
    }

    func decide(_ event: PartUsed, _ turn: inout Turn) -> EventOutcome {
        guard turn.get(BookedAct.self, event.usageId) == nil else { return .applied }
        guard (1...InventoryPolicy.mostPiecesAtOnce).contains(event.quantity) else {
            // No such quantity exists; field service lets none through. It is remembered, and moves nothing.
            turn.set(BookedAct(kind: .usage, content: "implausible \(event.quantity)"), event.usageId)
            return .applied
        }
        var request: PartRequest?
        if let requestId = event.partRequestId {
            request = turn.get(PartRequest.self, requestId)
            if request == nil {
                return .notYet(waitingFor: "work-order/\(event.workOrderId.text)")
            }
        }
        turn.set(BookedAct(kind: .usage, content: "\(event.partCode)\n\(event.quantity)"), event.usageId)
        var booking = StockBooking(policy, movedAt: turn.occurred(event.usedAt))
        booking.leave(
            event.quantity, of: event.partCode, at: Location.vanCode(event.engineerId), cause: .consumed,
            causeId: event.usageId, for: event.workOrderId, &turn)
        if var request, request.verdict(on: .consume) == .carryOut {
            request.consume(event.quantity, of: event.partCode, line: event.lineId)
            booking.keep(request, &turn)
            if request.isSettled {
                // The last piece: nothing is held for the order any more, which a charge waits to hear.
                turn.cancel(WriteOffUnreturnedParts.self, for: request.partRequestId)
                booking.tell(.released, of: request.partRequestId)
            } else {
                turn.note("part-consumed", about: PartRequest.self, request.partRequestId)
            }
        }
        booking.finish(&turn)
        return .applied
    }
}
