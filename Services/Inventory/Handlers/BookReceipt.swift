import DomainContracts
import Foundation
import ServiceKit

/// Books goods from a vendor, and gives them to who waits for them.
struct BookReceipt: CommandHandler {
    let policy: InventoryPolicy

    func keys(_ command: ReceiveStock, _ keys: inout Keys) {
        keys.need(BookedAct.self, command.receiptId)
        keys.need(Part.self, InventoryID.part(command.partCode))
        keys.need(StockItem.self, InventoryID.stock(command.locationCode, command.partCode))
        keys.need(Location.self, InventoryID.location(command.locationCode))
        keys.need(Backorders.self, InventoryID.backorders(command.partCode))
    }

    func decide(_ command: ReceiveStock, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        if let refusal = Refusal.invalid(problems(command)) { throw refusal }
        let itemId = InventoryID.stock(command.locationCode, command.partCode)
        let content =
            "\(command.locationCode)\n\(command.partCode)\n\(command.quantity)\n\(command.unitCost.amount)"
        if let booked = turn.get(BookedAct.self, command.receiptId) {
            guard booked == BookedAct(kind: .receipt, content: content) else {
                throw .conflict("receipt-differs", "This receipt was booked with other goods")
            }
            return Acknowledgement(
                subject: StockItem.subject(itemId), version: turn.version(StockItem.self, itemId))
        }
        var booking = StockBooking(policy, movedAt: turn.occurred(command.occurredAt))
        let part = booking.part(command.partCode, &turn)
        let worth = command.unitCost.amount * command.quantity
        guard part.quantity + command.quantity <= InventoryPolicy.mostPiecesOfPart,
            part.value + worth <= InventoryPolicy.highestPartValue
        else { throw .conflict("stock-limit", "More of this part than the books can hold") }
        turn.set(BookedAct(kind: .receipt, content: content), command.receiptId)
        let locationId = InventoryID.location(command.locationCode)
        if turn.get(Location.self, locationId) == nil {
            turn.set(Location.depot(command.locationCode), locationId)
        }
        booking.receive(
            command.quantity, of: command.partCode, name: command.partName, worth: worth, at: command.locationCode,
            receipt: command.receiptId, &turn)
        booking.fill(command.partCode, at: command.locationCode, &turn)
        booking.finish(&turn)
        return Acknowledgement(subject: StockItem.subject(itemId), version: turn.version(StockItem.self, itemId))
    }

    private func problems(_ command: ReceiveStock) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if !Location.isDepotCode(command.locationCode) {
            problems.append(
                FieldProblem("/data/locationCode", "invalid", "depot/ and 1 to 40 lowercase letters, digits, hyphens"))
        }
        if !PartCode.isValid(command.partCode) {
            problems.append(FieldProblem("/data/partCode", "invalid", PartCode.expected))
        }
        if !(1...InventoryPolicy.mostPiecesAtOnce).contains(command.quantity) {
            problems.append(
                FieldProblem("/data/quantity", "out-of-range", "1 to \(InventoryPolicy.mostPiecesAtOnce) pieces"))
        }
        if !(0...InventoryPolicy.highestUnitCost).contains(command.unitCost.amount) {
            problems.append(
                FieldProblem(
                    "/data/unitCost/amount", "out-of-range", "0 to \(InventoryPolicy.highestUnitCost) minor units"))
        }
        if command.unitCost.currency != policy.currency {
            problems.append(
                FieldProblem("/data/unitCost/currency", "currency-mismatch", "costs are kept in \(policy.currency)"))
        }
        return problems
    }
}
