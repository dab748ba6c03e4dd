import DomainContracts
import Foundation
import ServiceKit

/// Two orders that looked alike are about two faults: the pair is shown no more.
struct DismissProbableDuplicate: CommandHandler {
    func keys(_ command: DismissDuplicate, _ keys: inout Keys) { keys.needWorkOrder(command.workOrderId) }

    func decide(_ command: DismissDuplicate, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        var order = try turn.order(command.workOrderId, expectedVersion: command.expectedVersion)
        let duplicates = order.duplicates ?? []
        guard duplicates.contains(where: { $0.workOrderId == command.otherWorkOrderId }) else {
            throw .conflict("no-probable-duplicate", "The work order does not name the other as a probable duplicate")
        }
        order.duplicates = duplicates.filter { $0.workOrderId != command.otherWorkOrderId }
        turn.set(order, order.id)
        turn.note("duplicate-dismissed", about: WorkOrder.self, order.id)
        return turn.acknowledge(order)
    }
}
