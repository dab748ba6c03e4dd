import DomainContracts
import Foundation
import ServiceKit

extension BillingDesk {
    /// What was expensed as charged, or as cost of warranty, and is the other by the cover that counts now, moves there.
    ///
    /// - Parameter expensed: what was posted as our own expense so far.
    func reclassify(
        _ account: inout OrderAccount, from expensed: OrderAccount.Expensed, cause: UUID, memo: String,
        _ turn: inout Turn
    ) {
        let due = account.expensedByCover
        account.expensed = due
        post(
            entry(
                .reclassification, cause: cause,
                [
                    .init(debit: Account.warrantyCost, credit: Account.costOfParts, expensed.parts - due.parts),
                    .init(debit: Account.warrantyCost, credit: Account.costOfLabour, expensed.labour - due.labour),
                ], of: account, at: turn.now, memo: memo), &turn)
    }

    /// Credits what of a final charge is covered now. What of it was paid is given back.
    func credit(_ account: inout OrderAccount, cause: UUID, _ turn: inout Turn) {
        guard let bill = account.bill else { return }
        let rated = account.ratedLines ?? bill.lines
        let lines = account.withoutCovered(rated, policy.prices)
        let owed = max(0, account.total - account.paid)
        let amount = rated.reduce(0) { $0 + $1.amount.amount } - lines.reduce(0) { $0 + $1.amount.amount }
        guard amount > 0 else { return }
        let tax = rated.reduce(0) { $0 + $1.tax.amount } - lines.reduce(0) { $0 + $1.tax.amount }
        let refunded = amount - min(owed, amount)
        let note = OrderAccount.CreditNote(number: creditNoteNumber(&turn), amount: amount, issuedAt: turn.now)
        let chargeEntry = BillingID.entry(.charge, account.workOrderId)
        let entry = entry(
            .credit, cause: cause,
            Self.reversal(of: rated, down: lines, tax: tax)
                + [.init(debit: Account.receivable, credit: Account.customerDeposits, refunded)],
            of: account, at: turn.now, memo: "credit note \(note.number)", reverses: chargeEntry)
        post(entry, &turn)
        account.take(note)
        account.ratedLines = lines
        if refunded > 0 {
            account.giveBack(refunded)
            post(
                self.entry(
                    .refund, cause: cause,
                    [.init(debit: Account.customerDeposits, credit: Account.refundsPayable, refunded)], of: account,
                    at: turn.now, memo: "paid before credit note \(note.number)"), &turn)
        }
        turn.set(account, account.workOrderId)
        turn.emit(
            CreditNoteIssued(
                workOrderId: account.workOrderId, workOrderNumber: account.workOrderNumber,
                creditNoteNumber: note.number, billNumber: bill.number, chargeEntryId: chargeEntry,
                entryId: BillingID.entry(.credit, cause), lines: lines, amount: Money(amount, account.currency),
                tax: Money(tax, account.currency), refunded: Money(refunded, account.currency),
                reason: CodedReason(code: "dispute-upheld", parameters: ["disputeId": cause.text]),
                issuedAt: turn.now),
            about: OrderAccount.self, account.workOrderId, story: account.workOrderId)
    }

    /// What revenue and tax go down by, against the receivable.
    private static func reversal(
        of before: [ChargeLine], down after: [ChargeLine], tax: Int
    ) -> [LedgerEntry.Transfer] {
        func net(_ lines: [ChargeLine]) -> [String: Int] {
            lines.reduce(into: [:]) { $0[Account.revenue($1.kind), default: 0] += $1.amount.amount - $1.tax.amount }
        }
        let (old, new) = (net(before), net(after))
        return Set(old.keys).union(new.keys).sorted().map {
            .init(debit: $0, credit: Account.receivable, (old[$0] ?? 0) - (new[$0] ?? 0))
        } + [.init(debit: Account.taxPayable, credit: Account.receivable, tax)]
    }

    /// An estimate that waits for somebody's word costs less now: it is told anew, and waits no more where nobody's is needed.
    func rateOpenEstimateAnew(account: inout OrderAccount, _ turn: inout Turn) {
        guard let id = account.openEstimateId, var estimate = turn.get(Estimate.self, id) else { return }
        pinPrices(&account, &turn)
        let lines = account.estimateLines(policy.prices)
        let total = lines.reduce(0) { $0 + $1.amount.amount }
        guard estimate.rate(lines, Money(total, account.currency), accepted: account.acceptedLimit ?? 0) else { return }
        renewDeadline(of: &estimate, account, &turn)
        turn.set(estimate, id)
        if estimate.status == .quote, !estimate.needsQuote {
            estimate = supersede(id, &turn) ?? estimate
            account.openEstimateId = nil
        }
        turn.emit(
            EstimatePrepared(
                estimateId: id, workOrderId: estimate.workOrderId, workOrderNumber: estimate.workOrderNumber,
                visitId: estimate.visitId, decision: estimate.decision, lines: lines, total: estimate.total,
                reason: CodedReason(code: "dispute-upheld", parameters: ["by": account.coveredBy]),
                preparedAt: turn.now, validUntil: estimate.validUntil, misuse: account.isMisused),
            about: Estimate.self, id, story: account.workOrderId)
    }

    /// Nobody had to answer a quote while its order was disputed: from the decision on there is the whole time for it.
    func renewOpenQuote(of account: OrderAccount, _ turn: inout Turn) {
        guard let id = account.openEstimateId, var estimate = turn.get(Estimate.self, id) else { return }
        let before = estimate.validUntil
        renewDeadline(of: &estimate, account, &turn)
        guard estimate.validUntil != before else { return }
        turn.set(estimate, id)
        turn.note("deadline-renewed", about: Estimate.self, id)
    }

    private func renewDeadline(of estimate: inout Estimate, _ account: OrderAccount, _ turn: inout Turn) {
        guard estimate.status == .quote, account.hold == nil else { return }
        estimate.validUntil = turn.now.addingTimeInterval(policy.answerDeadline)
        turn.schedule(EndEstimateByDeadline.self, for: estimate.estimateId, at: estimate.validUntil)
    }

    /// `CN-20261123-000007`, dated by the company's clock.
    private func creditNoteNumber(_ turn: inout Turn) -> String { number("CN", of: "credit_note_number", &turn) }
}
