import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// The order on which words about one are acted: the one that took it up again, the one into which it was merged, the rework order of
    /// a closed one; else itself. Merged into another customer's it leads nowhere: what is said there is not his to hear.
    mutating func orderInForce(since first: WorkOrder) -> WorkOrder {
        var order = first
        var seen: Set<UUID> = []
        while seen.insert(order.id).inserted, let next = next(after: order) { order = next }
        return order
    }

    private mutating func next(after order: WorkOrder) -> WorkOrder? {
        if let again = order.unmergedAs { return get(WorkOrder.self, again) }
        if let into = order.facts.merge?.into {
            guard let next = get(WorkOrder.self, into), isOfOneCustomer(order, next) else { return nil }
            return next
        }
        return order.status == .closed ? get(WorkOrder.self, IntakeID.rework(of: order.id)) : nil
    }

    /// Whether two orders are one customer's, under whichever of his records.
    mutating func isOfOneCustomer(_ order: WorkOrder, _ other: WorkOrder) -> Bool {
        survivor(of: order.customerId) == survivor(of: other.customerId)
    }
}
