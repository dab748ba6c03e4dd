import DomainContracts
import Foundation
import ServiceKit

/// Nobody brought the rest back in time: it stays in the van's own stock, and the request is settled.
struct WriteOffUnreturnedParts: TimerHandler {
    static let kind = "part-return"
    let policy: InventoryPolicy

    func keys(_ timer: FiredTimer, _ keys: inout Keys) { keys.need(PartRequest.self, timer.id) }

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        guard var request = turn.get(PartRequest.self, timer.id), request.verdict(on: .writeOff) == .carryOut else {
            return
        }
        request.releaseInVan()
        var booking = StockBooking(policy, movedAt: turn.now)
        booking.keep(request, &turn)
        booking.tell(.released, of: timer.id)
        booking.finish(&turn)
    }
}
