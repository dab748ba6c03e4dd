import DomainContracts
import Foundation
import ServiceKit

/// Says what the parts asked for will cost, and whose word they need.
struct EstimatePartRequest: EventHandler {
    let policy: BillingPolicy

    func keys(_ event: PartsNeeded, _ keys: inout Keys) {
        keys.need(OrderAccount.self, event.workOrderId)
        keys.need(Estimate.self, BillingID.estimate(forPartRequest: event.partRequestId))
        keys.need(EngineerRate.self, event.engineerId)
        keys.need(PartCost.self, event.lines.map { BillingID.partCost($0.partCode) })
    }

    func decide(_ event: PartsNeeded, _ turn: inout Turn) -> EventOutcome {
        let desk = BillingDesk(policy: policy)
        guard var account = turn.get(OrderAccount.self, event.workOrderId) else {
            return desk.notYet(event.workOrderId)
        }
        let estimateId = BillingID.estimate(forPartRequest: event.partRequestId)
        guard turn.get(Estimate.self, estimateId) == nil else { return .applied }
        let before = account.tracks
        let parts = event.lines.filter { $0.quantity > 0 }
        desk.reinstate(&account, workedAt: event.neededAt, &turn)
        // One that was settled before it was heard of had nothing left that could be charged but what was used.
        if account.requests[event.partRequestId] != true {
            account.requested[event.partRequestId] = parts.map {
                PlannedPart(partCode: $0.partCode, quantity: $0.quantity)
            }
        }
        // A request for nothing has nothing open.
        account.requests[event.partRequestId] = account.requests[event.partRequestId] == true || parts.isEmpty
        desk.answer(
            .init(
                estimateId: estimateId, visitId: event.visitId, engineerId: event.engineerId,
                partRequestId: event.partRequestId),
            &account, &turn)
        desk.keep(account, was: before, &turn)
        return .applied
    }
}
