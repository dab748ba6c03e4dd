import DomainContracts
import Foundation
import ServiceKit

/// Says what a finding will cost, and whose word it needs.
struct EstimateFinding: EventHandler {
    let policy: BillingPolicy

    func keys(_ event: FindingRecorded, _ keys: inout Keys) {
        keys.need(OrderAccount.self, event.workOrderId)
        keys.need(Estimate.self, BillingID.estimate(forFinding: event.findingId))
        keys.need(EngineerRate.self, event.engineerId)
        keys.need(PartCost.self, event.plannedParts.map { BillingID.partCost($0.partCode) })
    }

    func decide(_ event: FindingRecorded, _ turn: inout Turn) -> EventOutcome {
        let desk = BillingDesk(policy: policy)
        guard var account = turn.get(OrderAccount.self, event.workOrderId) else {
            return desk.notYet(event.workOrderId)
        }
        let estimateId = BillingID.estimate(forFinding: event.findingId)
        guard turn.get(Estimate.self, estimateId) == nil else { return .applied }
        let before = account.tracks
        desk.reinstate(&account, workedAt: event.recordedAt, &turn)
        account.record(
            OrderAccount.Finding(
                recordedAt: event.recordedAt, misuse: event.misuse,
                minutes: max(0, min(event.estimatedMinutes, 100_000)), parts: event.plannedParts,
                findingId: event.findingId, visitId: event.visitId, problemCode: event.problemCode))
        desk.answer(
            .init(
                estimateId: estimateId, visitId: event.visitId, engineerId: event.engineerId,
                findingId: event.findingId),
            &account, &turn)
        desk.keep(account, was: before, &turn)
        return .applied
    }
}
