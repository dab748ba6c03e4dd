import DomainContracts
import Foundation
import ServiceKit

/// The customer confirmed, or his time to dispute ran out: the charge becomes final as soon as nothing is missing.
struct ConfirmCharge: EventHandler {
    let policy: BillingPolicy

    func keys(_ event: CompletionConfirmed, _ keys: inout Keys) { keys.need(OrderAccount.self, event.workOrderId) }

    func decide(_ event: CompletionConfirmed, _ turn: inout Turn) -> EventOutcome {
        let desk = BillingDesk(policy: policy)
        guard var account = turn.get(OrderAccount.self, event.workOrderId) else {
            return desk.notYet(event.workOrderId)
        }
        let before = account.tracks
        desk.reinstate(&account, workedAt: event.confirmedAt, &turn)
        account.isConfirmed = true
        account.confirmedVisitId = event.visitId
        desk.keep(account, was: before, &turn)
        return .applied
    }
}
