import DomainContracts
import Foundation
import ServiceKit

/// What every handler that touches an order's account does the same way.
struct BillingDesk {
    let policy: BillingPolicy

    /// How far back an entry may be dated, seconds: what is said to have happened earlier was said by a clock that is wrong.
    static let mostDatedBack: TimeInterval = 92 * 86_400

    /// The story waits for its order.
    func notYet(_ workOrderId: UUID) -> EventOutcome {
        .notYet(waitingFor: "work-order/\(workOrderId.text)")
    }

    /// Writes an entry; its number is given under the book's lock when the batch is written. What belongs to a month that is closed by
    /// then is posted in the next one.
    func post(_ entry: LedgerEntry?, _ turn: inout Turn) {
        guard let entry else { return }
        let currency = policy.currency
        let earliest = turn.now - Self.mostDatedBack
        turn.post(toBook: BillingPolicy.book, story: entry.workOrderId) { place in
            let postedAt = max(entry.postedAt, earliest, place.closedUntil ?? earliest)
            let posted = LedgerEntryPosted(
                book: BillingPolicy.book, series: place.series, sequence: place.sequence, entryId: entry.entryId,
                workOrderId: entry.workOrderId, workOrderNumber: entry.workOrderNumber, postedAt: postedAt,
                occurredAt: postedAt == entry.postedAt ? nil : entry.postedAt, lines: entry.lines,
                reverses: entry.reverses, memo: entry.memo)
            return (
                posted, "ledger-entry/\(entry.entryId.text)",
                LedgerEntryRow(posted, entry.kind, currency: currency)
            )
        }
    }

    func entry(
        _ kind: LedgerEntry.Kind, cause: UUID, _ transfers: [LedgerEntry.Transfer], of account: OrderAccount,
        at date: Date, memo: String, reverses: UUID? = nil
    ) -> LedgerEntry? {
        LedgerEntry(
            BillingID.entry(kind, cause), kind, transfers, currency: policy.currency, workOrderId: account.workOrderId,
            workOrderNumber: account.workOrderNumber, postedAt: date, memo: memo, reverses: reverses)
    }

    /// Fixes the prices of parts that the order meets for the first time.
    func pinPrices(_ account: inout OrderAccount, _ turn: inout Turn) {
        for code in account.partCodes.sorted() where account.prices[code] == nil {
            account.prices[code] = policy.prices.partPrice(averageCost: averageCost(code, &turn))
        }
    }

    func averageCost(_ code: String, _ turn: inout Turn) -> Int? {
        turn.get(PartCost.self, BillingID.partCost(code))?.average
    }

    /// A rate in another currency says nothing here: it counts as not known.
    func hourlyCost(of engineerId: UUID, _ turn: inout Turn) -> Int {
        let rate = turn.get(EngineerRate.self, engineerId)?.hourlyRate
        return rate.flatMap { $0.currency == policy.currency ? $0.amount : nil } ?? policy.prices.defaultHourlyCost
    }

    /// Stores a changed account: makes its charge final if nothing is missing any more, and tells what moved.
    func keep(_ account: OrderAccount, was before: [String], _ turn: inout Turn) {
        var account = account
        let becomesFinal = account.isReadyForCharge
        if becomesFinal { finalise(&account, &turn) }
        if account.charge == .final || account.charge == .void { postLabour(&account, &turn) }
        turn.set(account, account.workOrderId)
        if becomesFinal, let bill = account.bill {
            turn.emit(
                ChargeFinal(
                    workOrderId: account.workOrderId, workOrderNumber: account.workOrderNumber,
                    billNumber: bill.number, lines: bill.lines, total: Money(bill.total, account.currency),
                    tax: Money(bill.tax, account.currency), cost: Money(bill.cost, account.currency),
                    finalAt: bill.finalAt),
                about: OrderAccount.self, account.workOrderId, story: account.workOrderId)
        }
        if account.tracks != before {
            turn.emit(
                account.settlement(at: turn.now), about: OrderAccount.self, account.workOrderId,
                story: account.workOrderId)
        }
    }

    /// Posts what visits cost that nothing was posted for yet.
    private func postLabour(_ account: inout OrderAccount, _ turn: inout Turn) {
        let isCovered = account.effectiveCover.labour
        let debit = isCovered ? Account.warrantyCost : Account.costOfLabour
        for index in account.visits.indices where !account.visits[index].isPosted {
            let visit = account.visits[index]
            if !isCovered { account.expensed?.labour += visit.cost }
            account.visits[index].isPosted = true
            post(
                entry(
                    .labour, cause: visit.visitId,
                    [.init(debit: debit, credit: Account.labourApplied, visit.cost)], of: account, at: turn.now,
                    memo: "labour and travel of a visit"), &turn)
        }
    }
}
