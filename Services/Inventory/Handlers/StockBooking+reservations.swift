import DomainContracts
import Foundation
import ServiceKit

extension StockBooking {
    /// Sets aside what the depots have for each line, and queues what they lack.
    mutating func reserve(_ request: inout PartRequest, _ turn: inout Turn) {
        for line in request.lines where line.backordered > 0 {
            var lacking = line.backordered
            for depot in part(line.partCode, &turn).depots where lacking > 0 {
                var item = item(depot, line.partCode, &turn)
                let taken = item.reserve(upTo: lacking)
                guard taken > 0 else { continue }
                keep(item, &turn)
                request.allocate(taken, line: line.lineId, at: depot)
                lacking -= taken
            }
            enqueue(request, line.lineId, line.partCode, lacks: lacking, &turn)
        }
        request.noteSearched()
        keep(request, &turn)
        tell(request.isComplete ? .reserved : .backordered, of: request.partRequestId)
    }

    /// Gives a depot's free pieces to who waits for them, oldest first.
    mutating func fill(_ partCode: String, at depot: String, _ turn: inout Turn) {
        var item = item(depot, partCode, &turn)
        guard item.available > 0, var waiting = turn.get(Backorders.self, InventoryID.backorders(partCode)) else {
            return
        }
        var free = item.available
        for entry in waiting.queue where free > 0 {
            // Not loaded yet: the decider runs again. The queue's own figure keeps it from asking for the whole queue.
            guard var request = turn.get(PartRequest.self, entry.partRequestId) else {
                free -= entry.quantity
                continue
            }
            let lacking = request.lines.first { $0.lineId == entry.lineId }?.backordered ?? 0
            let taken = item.reserve(upTo: lacking)
            free = item.available
            waiting.note(entry.partRequestId, entry.lineId, lacks: lacking - taken, since: entry.since)
            guard taken > 0 else { continue }
            request.allocate(taken, line: entry.lineId, at: depot)
            keep(request, &turn)
            tell(.reserved, of: request.partRequestId)
        }
        keep(item, &turn)
        turn.set(waiting, InventoryID.backorders(partCode))
    }

    /// Gives up what is not issued; others who wait get the pieces.
    mutating func releaseUnissued(_ request: inout PartRequest, _ turn: inout Turn) {
        var freed: [(part: String, depot: String)] = []
        for line in request.lines {
            for allocation in line.allocations {
                var item = item(allocation.locationCode, line.partCode, &turn)
                item.release(allocation.quantity)
                keep(item, &turn)
                freed.append((line.partCode, allocation.locationCode))
            }
            if line.backordered > 0 { enqueue(request, line.lineId, line.partCode, lacks: 0, &turn) }
        }
        request.releaseUnissued()
        keep(request, &turn)
        tell(.released, of: request.partRequestId)
        for (part, depot) in freed { fill(part, at: depot, &turn) }
    }

    private func enqueue(
        _ request: PartRequest, _ lineId: UUID, _ partCode: String, lacks quantity: Int, _ turn: inout Turn
    ) {
        let id = InventoryID.backorders(partCode)
        let known = turn.get(Backorders.self, id)
        var waiting = known ?? Backorders(partCode: partCode)
        waiting.note(request.partRequestId, lineId, lacks: quantity, since: request.neededAt)
        if quantity > 0 || known != nil { turn.set(waiting, id) }
    }
}
