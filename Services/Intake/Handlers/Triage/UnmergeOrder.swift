import DomainContracts
import Foundation
import ServiceKit

/// A merged order was about a fault of its own: a new one takes it up. The merged one stays as it is, since what the other
/// services heard of it is over for them; asked again, the same new order is named.
struct UnmergeOrder: CommandHandler {
    let links: CustomerLinks

    func keys(_ command: UnmergeWorkOrder, _ keys: inout Keys) {
        keys.needWorkOrder(command.workOrderId)
        keys.look(at: SLABook.self, SLABook.id)
    }

    func decide(_ command: UnmergeWorkOrder, _ turn: inout Turn) throws(Refusal) -> ReportAccepted {
        try Refusal.checkReason(command.reason)
        var merged = try turn.order(command.workOrderId, expectedVersion: command.expectedVersion)
        guard merged.status == .merged else {
            throw .conflict("not-merged-order", "The work order is \(merged.status.rawValue)")
        }
        try turn.checkNotErased(merged.customerId)
        guard var request = turn.get(ServiceRequest.self, merged.requestId) else {
            throw .notFound("/data/workOrderId", "request")
        }
        let order: WorkOrder
        if let known = merged.unmergedAs.flatMap({ turn.get(WorkOrder.self, $0) }) {
            order = known
        } else {
            order = turn.openAgain(merged)
            merged.unmergedAs = order.id
            turn.set(merged, merged.id)
            turn.note("unmerged", about: WorkOrder.self, merged.id)
            // A rework order has no request of its own.
            if merged.reworkOf == nil, request.apply(.unmerged) {
                request.workOrderId = order.id
                request.workOrderNumber = order.number
                turn.set(request, request.id)
                turn.note("unmerged", about: ServiceRequest.self, request.id)
            }
        }
        return ReportAccepted(
            requestId: request.id, requestNumber: request.number, workOrderId: order.id, workOrderNumber: order.number,
            status: order.status.rawValue, version: turn.version(WorkOrder.self, order.id),
            link: links.follow(request.id))
    }
}

extension Turn {
    /// Opens an order with the promise of one that was merged: received when that was, entitled as that was.
    fileprivate mutating func openAgain(_ merged: WorkOrder) -> WorkOrder {
        var order = WorkOrder(
            id: IntakeID.unmerged(from: merged.id),
            number: ReadableNumber.make("WO", at: now, sequence: nextNumber("work_order_number")),
            requestId: merged.requestId, channel: merged.channel, channelUserId: merged.channelUserId,
            customerId: merged.customerId, contactId: merged.contactId, siteContactId: merged.siteContactId,
            siteId: merged.siteId, deviceId: merged.deviceId, brief: merged.brief, entitlement: merged.entitlement,
            receivedAt: merged.receivedAt, openedAt: now, reworkOf: merged.reworkOf,
            relatedWorkOrderId: merged.facts.merge?.into, unmergedFrom: merged.id,
            need: WorkOrder.firstNeed(merged.brief, windows: [], prefer: merged.engineerId), book: slaBook())
        // What was done about the request before, was done for this fault too.
        let acted = merged.reworkOf == nil ? get(ServiceRequest.self, merged.requestId)?.firstHumanActAt : nil
        if let acted { order.facts.note(agentAct: acted) }
        return enter(order)
    }
}
