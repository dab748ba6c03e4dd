import DomainContracts
import Foundation

@testable import Inventory
@testable import ServiceKit

/// What moved, by the movements alone.
struct StockBook {
    var pieces: [String: [String: Int]] = [:]
    var value: [String: Int] = [:]
}

extension InvariantWatch {
    func noteMovement(_ row: StockMovementRow) {
        mustBeNew("stock_movement", row.movementId.uuidString)
        stock.pieces[row.partCode, default: [:]][row.locationCode, default: 0] += row.quantity
        stock.value[row.partCode, default: 0] += row.value
    }

    /// Stock conserves at every commit: what is there is what moved there, what is set aside is what requests hold.
    func checkStock(_ commit: Commit, _ inventory: SimulatedService) {
        var parts: Set<String> = []
        for change in commit.changes {
            switch change.after {
            case let part as Part: parts.insert(part.code)
            case let item as StockItem: parts.insert(item.partCode)
            case let request as PartRequest: parts.formUnion(check(request))
            default: break
            }
        }
        guard !parts.isEmpty else { return }
        let items = inventory.all(StockItem.self).map(\.value)
        let requests = inventory.all(PartRequest.self).map(\.value)
        for code in parts.sorted() { check(code, items, requests, inventory) }
    }

    private func check(
        _ code: String, _ items: [StockItem], _ requests: [PartRequest], _ inventory: SimulatedService
    ) {
        let part = inventory.value(Part.self, InventoryID.part(code))
        let own = items.filter { $0.partCode == code }
        let onHand = own.reduce(0) { $0 + $1.onHand }
        let known = part?.quantity ?? 0
        if onHand != known { violate("\(code): \(onHand) are there, the part says \(known)") }
        if (part?.value ?? 0) != stock.value[code] ?? 0 { violate("\(code): its value is not what moved") }
        if (part?.value ?? 0) < 0 { violate("\(code) is worth less than nothing") }
        for item in own {
            let moved = stock.pieces[code]?[item.locationCode] ?? 0
            if item.onHand != moved { violate("\(code) at \(item.locationCode): \(item.onHand) there, \(moved) moved") }
            if item.reserved < 0 || item.reserved > item.onHand {
                violate("\(code) at \(item.locationCode): \(item.reserved) of \(item.onHand) reserved")
            }
            let held = requests.flatMap(\.lines).filter { $0.partCode == code }.flatMap(\.allocations)
                .filter { $0.locationCode == item.locationCode }.reduce(0) { $0 + $1.quantity }
            if held != item.reserved {
                violate("\(code) at \(item.locationCode): \(item.reserved) reserved, requests hold \(held)")
            }
        }
    }

    private func check(_ request: PartRequest) -> [String] {
        if request.status != request.derivedStatus { violate("request \(request.partRequestId) has a stale status") }
        for line in request.lines {
            let isOff =
                line.inVan < 0 || line.open < 0 || line.allocations.contains { $0.quantity <= 0 }
                || line.reserved + line.issued + line.releasedUnissued > line.requested
            if isOff { violate("request \(request.partRequestId): a line's pieces do not add up: \(line)") }
        }
        return request.lines.map(\.partCode)
    }
}
