import DomainContracts
import Foundation
import ServiceKit

/// Stock moved: its value moves in the ledger. Moves between places of ours post nothing.
struct PostStockMovement: EventHandler {
    let policy: BillingPolicy

    func keys(_ event: StockMoved, _ keys: inout Keys) {
        if event.cause == .received { keys.need(PartCost.self, BillingID.partCost(event.partCode)) }
        if event.cause == .consumed { keys.need(OrderAccount.self, event.workOrderId) }
    }

    func decide(_ event: StockMoved, _ turn: inout Turn) -> EventOutcome {
        let desk = BillingDesk(policy: policy)
        let worth = event.value.amount
        switch event.cause {
        case .received:
            let id = BillingID.partCost(event.partCode)
            var cost = turn.get(PartCost.self, id) ?? PartCost(partCode: event.partCode)
            cost.buy(event.quantity, for: worth)
            turn.set(cost, id)
            post(event, .init(debit: Account.inventory, credit: Account.goodsReceived, worth), desk, &turn)
        case .adjusted, .scrapped:
            post(event, .init(debit: Account.inventory, credit: Account.stockDifferences, worth), desk, &turn)
        case .consumed:
            return consume(event, desk, &turn)
        default:
            break
        }
        return .applied
    }

    private func consume(_ event: StockMoved, _ desk: BillingDesk, _ turn: inout Turn) -> EventOutcome {
        guard let workOrderId = event.workOrderId else {
            post(event, .init(debit: Account.costOfParts, credit: Account.inventory, -event.value.amount), desk, &turn)
            return .applied
        }
        guard var account = turn.get(OrderAccount.self, workOrderId) else { return desk.notYet(workOrderId) }
        guard account.usageCosts[event.causeId] == nil else { return .applied }
        let before = account.tracks
        let debit = account.effectiveCover.parts ? Account.warrantyCost : Account.costOfParts
        if !account.effectiveCover.parts { account.expensed?.parts -= event.value.amount }
        account.usageCosts[event.causeId] = -event.value.amount
        post(
            event, .init(debit: debit, credit: Account.inventory, -event.value.amount), desk, &turn,
            number: account.workOrderNumber)
        desk.keep(account, was: before, &turn)
        return .applied
    }

    private func post(
        _ event: StockMoved, _ transfer: LedgerEntry.Transfer, _ desk: BillingDesk, _ turn: inout Turn,
        number: String? = nil
    ) {
        desk.post(
            LedgerEntry(
                BillingID.entry(.stock, event.movementId), .stock, [transfer], currency: policy.currency,
                workOrderId: event.workOrderId, workOrderNumber: number, postedAt: min(event.movedAt, turn.now),
                memo: "stock \(event.cause): \(event.partCode)"), &turn)
    }
}
