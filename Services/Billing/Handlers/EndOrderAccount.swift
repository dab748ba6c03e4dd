import DomainContracts
import Foundation
import ServiceKit

/// A cancelled or merged order is charged nothing. One that closed without a report to confirm, as after remote help,
/// has its charge made final now. An order can end twice, when work shows that it was not over the first time: the
/// newest closing counts.
struct EndOrderAccount: EventHandler {
    let policy: BillingPolicy

    func keys(_ event: WorkOrderClosed, _ keys: inout Keys) { keys.need(OrderAccount.self, event.workOrderId) }

    func decide(_ event: WorkOrderClosed, _ turn: inout Turn) -> EventOutcome {
        let desk = BillingDesk(policy: policy)
        guard var account = turn.get(OrderAccount.self, event.workOrderId) else {
            return desk.notYet(event.workOrderId)
        }
        let before = account.tracks
        let sequence = turn.envelope.sequenceNumber
        guard sequence >= account.closedSequence ?? 0 else { return .applied }
        account.closedSequence = sequence
        if event.status == .cancelled || event.status == .merged {
            desk.void(&account, at: event.closedAt, &turn)
        } else {
            account.move(.reinstated, at: turn.now)
            // With a visit there is a confirmation, which may still be on its way.
            if event.figures.resolvedRemotely || event.figures.visits == 0 { account.isConfirmed = true }
        }
        desk.keep(account, was: before, &turn)
        return .applied
    }
}
