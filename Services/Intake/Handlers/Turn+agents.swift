import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// One of us did something about an open order. Where nobody had before, its response clock stops, and that is told.
    ///
    /// - Returns: the order as it stands now.
    mutating func note(agentAct at: Date, on before: WorkOrder) -> WorkOrder {
        guard !before.status.isFinal, before.firstResponseAt.map({ at < $0 }) ?? true else { return before }
        var order = before
        order.facts.note(agentAct: at)
        order = keep(order, from: before, occurred: at, reason: nil, note: "agent-acted")
        guard order.clocks != before.clocks else { return order }
        let calendars = self.calendars(of: order)
        emit(
            SLAClocksChanged(
                workOrderId: order.id, workOrderNumber: order.number, policyVersion: order.terms.policyVersion,
                clocks: order.clocks.map { $0.state(at: now, calendars) }, changedAt: now),
            about: WorkOrder.self, order.id, story: order.id)
        return order
    }
}
