import DomainContracts
import Foundation
import ServiceKit

/// An event that is a fact about one work order: it is noted there, and the status follows. Before the order is known
/// it waits; about an order that is over it is noted without effect, unless it shows that work began after all.
protocol WorkOrderFactHandler: EventHandler {
    func workOrderId(_ event: E) -> UUID
    func occurredAt(_ event: E) -> Date
    /// What people read beside the status change; nil for none.
    func reason(_ event: E) -> String?
    func apply(_ event: E, to order: inout WorkOrder, _ turn: Turn)
}

extension WorkOrderFactHandler {
    func reason(_ event: E) -> String? { nil }

    func keys(_ event: E, _ keys: inout Keys) { keys.needWorkOrder(workOrderId(event)) }

    func decide(_ event: E, _ turn: inout Turn) -> EventOutcome {
        let id = workOrderId(event)
        guard let before = turn.get(WorkOrder.self, id) else {
            return .notYet(waitingFor: WorkOrder.subject(id))
        }
        var order = before
        apply(event, to: &order, turn)
        let occurred = turn.occurred(occurredAt(event), notBefore: before.receivedAt)
        let why = order.reinstatedAt != before.reinstatedAt ? "reinstated" : reason(event)
        turn.keep(order, from: before, occurred: occurred, reason: why, note: E.wireName)
        return .applied
    }
}
