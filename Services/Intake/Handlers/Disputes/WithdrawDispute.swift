import DomainContracts
import Foundation
import ServiceKit

/// The customer takes his dispute back.
struct WithdrawDispute: CommandHandler {
    let links: CustomerLinks

    func keys(_ command: WithdrawEntitlementDispute, _ keys: inout Keys) {
        keys.need(EntitlementDispute.self, command.disputeId)
    }

    func decide(_ command: WithdrawEntitlementDispute, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        if let reason = command.reason { try Refusal.checkReason(reason) }
        var dispute = try turn.dispute(command.disputeId)
        let order = try turn.order(dispute.workOrderId, expectedVersion: nil)
        try turn.admit(links, token: command.token, channelUserId: command.channelUserId, order: order)
        guard dispute.isOpen else {
            throw .conflict("dispute-decided", "The dispute is \(dispute.status.rawValue) already")
        }
        dispute.end(as: .withdrawn, at: turn.now, by: turn.envelope.authid, reason: command.reason?.trimmed)
        turn.keep(ended: dispute, of: order)
        return turn.acknowledge(dispute)
    }
}

extension Turn {
    /// Nothing is charged for an order that was cancelled or merged: there is nothing to dispute any more.
    mutating func dropDispute(of order: WorkOrder) {
        guard order.status == .cancelled || order.status == .merged, let id = order.openDisputeId,
            var dispute = get(EntitlementDispute.self, id), dispute.isOpen
        else { return }
        dispute.end(as: .withdrawn, at: now, by: nil, reason: order.status.rawValue)
        var changed = order
        changed.openDisputeId = nil
        set(changed, changed.id)
        set(dispute, id)
        emit(dispute.news, about: EntitlementDispute.self, id, story: order.id)
        cancel(RemindOfDispute.self, for: id)
    }
}
