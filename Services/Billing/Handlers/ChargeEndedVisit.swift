import DomainContracts
import Foundation
import ServiceKit

/// A visit is over: its labour and travel, and what the charge must wait for.
struct ChargeEndedVisit: EventHandler {
    let policy: BillingPolicy

    func keys(_ event: VisitEnded, _ keys: inout Keys) {
        keys.need(OrderAccount.self, event.workOrderId)
        for engineer in [event.engineerId] + (event.helperIds ?? []) { keys.need(EngineerRate.self, engineer) }
    }

    func decide(_ event: VisitEnded, _ turn: inout Turn) -> EventOutcome {
        let desk = BillingDesk(policy: policy)
        guard var account = turn.get(OrderAccount.self, event.workOrderId) else {
            return desk.notYet(event.workOrderId)
        }
        guard !account.visits.contains(where: { $0.visitId == event.visitId }) else { return .applied }
        let before = account.tracks
        account.visits.append(
            OrderAccount.VisitWork(
                visitId: event.visitId, engineerId: event.engineerId, workMinutes: max(0, event.workMinutes),
                travelMinutes: max(0, event.travelMinutes), hourlyCost: desk.hourlyCost(of: event.engineerId, &turn),
                hadAccess: event.reason != .noAccess,
                helperHourlyCosts: event.helperIds?.map { desk.hourlyCost(of: $0, &turn) }))
        account.expectedUsages += event.partsUsed.map(\.usageId).filter { !account.expectedUsages.contains($0) }
        for id in event.partRequestIds where account.requests[id] == nil { account.requests[id] = false }
        // Nobody goes again: a yes to what is still before the customer would oblige him to pay for nothing.
        let concludes = event.reason == .quoteRefused || event.reason == .cannotBeDone
        if concludes, let open = account.openEstimateId, turn.get(Estimate.self, open)?.visitId == event.visitId {
            desk.giveUp(open, because: "visit-concluded", &turn)
            account.openEstimateId = nil
        }
        desk.keep(account, was: before, &turn)
        return .applied
    }
}
