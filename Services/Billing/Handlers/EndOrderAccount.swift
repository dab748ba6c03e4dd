import DomainContracts
import Foundation
import ServiceKit

/// A cancelled or merged order is charged nothing. One that closed without a report to confirm, as after remote help,
/// has its charge made final now.
struct EndOrderAccount: EventHandler {
    let policy: BillingPolicy

    func keys(_ event: WorkOrderClosed, _ keys: inout Keys) { keys.need(OrderAccount.self, event.workOrderId) }

    func decide(_ event: WorkOrderClosed, _ turn: inout Turn) -> EventOutcome {
        let desk = BillingDesk(policy: policy)
        guard var account = turn.get(OrderAccount.self, event.workOrderId) else {
            return desk.notYet(event.workOrderId)
        }
        let before = account.tracks
        if event.status == .cancelled || event.status == .merged {
            desk.void(&account, at: event.closedAt, &turn)
        } else if event.figures.resolvedRemotely || event.figures.visits == 0 {
            // With a visit there is a confirmation, which may still be on its way.
            account.isConfirmed = true
        }
        desk.keep(account, was: before, &turn)
        return .applied
    }
}
