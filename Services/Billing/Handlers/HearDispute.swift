import DomainContracts
import Foundation
import ServiceKit

/// What an order is entitled to is disputed: its charge waits for the decision. Decided for the customer, the order is rated
/// anew; a bill that went out stands, and a credit note is written beside it. Decided or withdrawn, a quote may be answered
/// for the whole time from then on.
struct HearDispute: EventHandler {
    let policy: BillingPolicy

    func keys(_ event: EntitlementDisputeChanged, _ keys: inout Keys) {
        keys.need(OrderAccount.self, event.workOrderId)
    }

    func decide(_ event: EntitlementDisputeChanged, _ turn: inout Turn) -> EventOutcome {
        let desk = BillingDesk(policy: policy)
        guard var account = turn.get(OrderAccount.self, event.workOrderId) else {
            return desk.notYet(event.workOrderId)
        }
        let (before, rated) = (account.tracks, account)
        guard account.hear(event, turn.envelope.sequenceNumber) else { return .applied }
        if account.effectiveCover != rated.effectiveCover {
            desk.reclassify(
                &account, from: rated.expensedSoFar, cause: event.disputeId, memo: "covered after a dispute", &turn)
            switch account.charge {
            case .final: desk.credit(&account, cause: event.disputeId, &turn)
            case .notChargeable, .estimated, .accepted: desk.rateOpenEstimateAnew(account: &account, &turn)
            case .void: break
            }
        }
        if rated.hold != nil, account.hold == nil { desk.renewOpenQuote(of: account, &turn) }
        desk.keep(account, was: before, &turn)
        turn.note("dispute-\(event.status.rawValue)", about: OrderAccount.self, event.workOrderId)
        return .applied
    }
}
