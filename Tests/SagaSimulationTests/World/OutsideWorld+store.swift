import DomainContracts
import Foundation

@testable import Inventory
@testable import ServiceKit

/// The storekeeper.
extension OutsideWorld {
    func receive(_ part: String, _ history: History) throws {
        try say(
            ReceiveStock(
                receiptId: newID(), locationCode: history.dice.chance(800) ? Self.depot : "depot/south",
                partCode: part, quantity: history.dice.number(1..<5),
                unitCost: Money((part == Self.cheapPart ? 1_500 : 310_000) + history.dice.number(0..<999), "CNY")),
            by: .user("storekeeper"), in: history)
    }

    func storeChoices(_ order: UUID, _ choices: inout Choices, _ history: History) {
        for (id, request) in history[.inventory].all(PartRequest.self) where request.workOrderId == order {
            func act<C: Command>(_ command: @escaping () -> C) -> () throws -> Void {
                { try self.say(command(), by: .user("storekeeper"), story: order, in: history) }
            }
            let approve = act { ApprovePartRequest(partRequestId: id) }
            let issue = act { IssueParts(partRequestId: id) }
            switch request.status {
            case .requested: choices.may(8, dutiful: history.temper.neglects(id) ? 0 : 10, approve)
            case .backordered:
                if let lacking = request.lines.first(where: { $0.backordered > 0 }) {
                    choices.may(6, dutiful: 10) { try self.receive(lacking.partCode, history) }
                }
            case .reserved: choices.may(6, dutiful: history.temper.neglects(id) ? 0 : 5, issue)
            case .issued: returnChoices(request, &choices, history)
            case .approved, .settled, .released: break
            }
            for wrong in [approve, issue] { choices.mayWrongly(2, wrong) }
        }
    }

    private func returnChoices(_ request: PartRequest, _ choices: inout Choices, _ history: History) {
        for line in request.lines where line.inVan > 0 {
            choices.may(4, dutiful: history.temper.neglects(request.partRequestId) ? 0 : 1) {
                try self.say(
                    ReturnParts(
                        returnId: self.newID(), partRequestId: request.partRequestId,
                        lines: [
                            ReturnedPart(
                                lineId: line.lineId, quantity: history.dice.number(1..<line.inVan + 1),
                                condition: history.dice.chance(800) ? .good : .defective)
                        ]),
                    by: .user("storekeeper"), story: request.workOrderId, in: history)
            }
        }
    }
}
