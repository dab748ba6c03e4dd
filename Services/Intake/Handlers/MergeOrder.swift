import DomainContracts
import Foundation
import ServiceKit

/// Says that a work order is about another one's fault. Refused once work has started on it.
struct MergeOrder: CommandHandler {
    func keys(_ command: MergeWorkOrder, _ keys: inout Keys) {
        keys.needWorkOrder(command.workOrderId)
        keys.needWorkOrder(command.intoWorkOrderId)
    }

    func decide(_ command: MergeWorkOrder, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        let before = try turn.order(command.workOrderId, for: .merge, expectedVersion: command.expectedVersion)
        guard let target = turn.get(WorkOrder.self, command.intoWorkOrderId) else {
            throw .notFound("/data/intoWorkOrderId", "work order")
        }
        guard target.id != before.id else {
            throw .invalid("/data/intoWorkOrderId", "same", "must be another work order")
        }
        guard !target.status.isFinal else {
            throw .conflict("target-not-open", "The work order to merge into is \(target.status.rawValue)")
        }
        // Its link shows the other, and what is said of it is the other's from now on: whose they are is decided by a person, knowingly.
        guard command.acrossCustomers == true || turn.isOfOneCustomer(before, target) else {
            throw .conflict(
                "order-of-another-customer", "The work order to merge into is another customer's",
                detail: "say acrossCustomers to merge them all the same")
        }
        let occurred = turn.occurred(command.occurredAt, notBefore: before.receivedAt)
        var order = before
        order.facts.merge = MergeFacts(at: occurred, into: target.id)
        let kept = turn.keep(order, from: before, occurred: occurred, reason: command.reason, note: "merge")
        // A rework order has no request of its own.
        if before.reworkOf == nil, var request = turn.get(ServiceRequest.self, before.requestId), request.apply(.merged)
        {
            turn.set(request, request.id)
            turn.note("merged", about: ServiceRequest.self, request.id)
        }
        return turn.acknowledge(kept)
    }
}
