import DomainContracts
import Foundation
import ServiceKit

/// Books a part that went into a device out of the engineer's van. What counts to a request comes from where the request
/// has it: the van of the engineer for whom it was issued, or a depot whose storekeeper has not booked the issue yet. The
/// part is in the device: what the van lacks in the books is adjusted, never refused.
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
        let partCode = request?.partCode(meantBy: event.partCode, line: event.lineId) ?? event.partCode
        let van = Location.vanCode(event.engineerId)
        var counted: PartRequest?
        if var request, request.verdict(on: .consume) == .carryOut {
            let use = request.consume(event.quantity, of: partCode, line: event.lineId)
            if use != PartRequest.Use() { counted = request }
            bring(use, of: partCode, from: request, to: van, event, &booking, &turn)
        }
        booking.leave(
            event.quantity, of: partCode, at: van, cause: .consumed, causeId: event.usageId, for: event.workOrderId,
            &turn)
        if let request = counted {
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

    /// Into the van of whoever fitted them. What another's van lacks in the books is adjusted where it was fitted.
    private func bring(
        _ use: PartRequest.Use, of partCode: String, from request: PartRequest, to van: String, _ event: PartUsed,
        _ booking: inout StockBooking, _ turn: inout Turn
    ) {
        for allocation in use.handedOut {
            booking.transfer(
                allocation.quantity, of: partCode, from: allocation.locationCode, to: van, reserved: true,
                cause: .issued, causeId: event.usageId, for: event.workOrderId, &turn)
        }
        let own = Location.vanCode(request.engineerId)
        guard own != van, use.fromVan > 0 else { return }
        let there = min(use.fromVan, booking.item(own, partCode, &turn).available)
        guard there > 0 else { return }
        booking.transfer(
            there, of: partCode, from: own, to: van, reserved: false, cause: .issued, causeId: event.usageId,
            for: event.workOrderId, &turn)
    }
}
