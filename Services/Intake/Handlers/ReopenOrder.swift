import DomainContracts
import Foundation
import ServiceKit

/// The fault is back, or was never gone: an order that is not closed yet goes on, a closed one gets a rework order.
struct ReopenOrder: CommandHandler {
    let links: CustomerLinks

    func keys(_ command: ReopenWorkOrder, _ keys: inout Keys) { keys.needWorkOrder(command.workOrderId) }

    func decide(_ command: ReopenWorkOrder, _ turn: inout Turn) throws(Refusal) -> ReportAccepted {
        try Refusal.checkReason(command.reason)
        let before = try turn.order(command.workOrderId, for: .reopen, expectedVersion: command.expectedVersion)
        try turn.checkNotErased(before.customerId)
        let occurred = turn.occurred(command.occurredAt, notBefore: before.receivedAt)
        let order: WorkOrder
        if before.status == .closed {
            order = turn.openRework(of: turn.lastRework(of: before), occurred: occurred)
        } else {
            var changed = before
            changed.facts.followUp = nil
            changed.need(.reopened, at: occurred)
            order = turn.keep(changed, from: before, occurred: occurred, reason: "reopened", note: "reopen")
        }
        guard let request = turn.get(ServiceRequest.self, order.requestId) else {
            throw .notFound("/data/workOrderId", "request")
        }
        return links.accepted(request, workOrder: order, version: turn.version(WorkOrder.self, order.id))
    }
}

extension Turn {
    /// The newest closed order of a chain of rework orders: its own rework order is open, or not there yet.
    fileprivate mutating func lastRework(of first: WorkOrder) -> WorkOrder {
        var last = first
        while let next = get(WorkOrder.self, IntakeID.rework(of: last.id)), next.status.isFinal { last = next }
        return last
    }
}
