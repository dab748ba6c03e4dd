import DomainContracts
import Foundation
import ServiceKit

/// A part went into the device: it becomes a line of the charge.
struct ChargeUsedPart: EventHandler {
    let policy: BillingPolicy

    func keys(_ event: PartUsed, _ keys: inout Keys) {
        keys.need(OrderAccount.self, event.workOrderId)
        keys.need(PartCost.self, BillingID.partCost(event.partCode))
    }

    func decide(_ event: PartUsed, _ turn: inout Turn) -> EventOutcome {
        let desk = BillingDesk(policy: policy)
        guard var account = turn.get(OrderAccount.self, event.workOrderId) else {
            return desk.notYet(event.workOrderId)
        }
        guard !account.usages.contains(where: { $0.usageId == event.usageId }) else { return .applied }
        let before = account.tracks
        account.usages.append(
            OrderAccount.Usage(usageId: event.usageId, partCode: event.partCode, quantity: event.quantity))
        desk.pinPrices(&account, &turn)
        desk.keep(account, was: before, &turn)
        return .applied
    }
}
