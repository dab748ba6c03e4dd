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
    /// Opens an order with the promise of one that was merged: received when that was, entitled as that was, due when that was, and at the
    /// times that were wished for then, as far as they are not over.
    fileprivate mutating func openAgain(_ merged: WorkOrder) -> WorkOrder {
        // A rework order has no request of its own.
        let request = merged.reworkOf == nil ? get(ServiceRequest.self, merged.requestId) : nil
        let windows = (request?.report.preferredWindows ?? []).filter { $0.end > now }
        var order = WorkOrder(
            id: IntakeID.unmerged(from: merged.id),
            number: ReadableNumber.make("WO", at: now, sequence: nextNumber("work_order_number")),
            requestId: merged.requestId, channel: merged.channel, channelUserId: merged.channelUserId,
            customerId: merged.customerId, contactId: merged.contactId, siteContactId: merged.siteContactId,
            siteId: merged.siteId, deviceId: merged.deviceId, brief: merged.brief, entitlement: merged.entitlement,
            receivedAt: merged.receivedAt, openedAt: now, reworkOf: merged.reworkOf,
            relatedWorkOrderId: merged.facts.merge?.into, unmergedFrom: merged.id, promisedFrom: request?.dueAt,
            need: WorkOrder.firstNeed(
                merged.brief, windows: windows, prefer: merged.engineerId, notBefore: request?.dueAt),
            book: slaBook())
        // What was done about the request before, was done for this fault too.
        if let acted = request?.firstHumanActAt { order.facts.note(agentAct: acted) }
        return enter(order)
    }
}
