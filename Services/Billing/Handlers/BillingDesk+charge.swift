import DomainContracts
import Foundation
import ServiceKit

extension BillingDesk {
    /// Makes the charge final: bill number, receivable and revenue, and the deposit that pays for it.
    func finalise(_ account: inout OrderAccount, _ turn: inout Turn) {
        pinPrices(&account, &turn)
        let lines = account.chargeLines(policy.prices)
        let total = lines.reduce(0) { $0 + $1.amount.amount }
        let paidBefore = account.paid
        if let open = account.openEstimateId { giveUp(open, because: "charge-final", &turn) }
        account.finalise(
            OrderAccount.Bill(
                number: total > 0 ? billNumber(&turn) : nil, lines: lines, total: total,
                tax: lines.reduce(0) { $0 + $1.tax.amount }, cost: account.serviceCost, finalAt: turn.now))
        let transfers = lines.flatMap { line in
            [
                LedgerEntry.Transfer(
                    debit: Account.receivable, credit: Account.revenue(line.kind),
                    line.amount.amount - line.tax.amount),
                LedgerEntry.Transfer(debit: Account.receivable, credit: Account.taxPayable, line.tax.amount),
            ]
        }
        let order = account.workOrderId
        // Parts were posted as they were used, by what was known of the cover then.
        reclassify(
            &account, from: account.expensedSoFar, cause: order, memo: "rated otherwise than when it was posted", &turn)
        post(entry(.charge, cause: order, transfers, of: account, at: turn.now, memo: "charge"), &turn)
        let deposit = LedgerEntry.Transfer(
            debit: Account.customerDeposits, credit: Account.receivable, min(paidBefore, total))
        post(entry(.deposit, cause: order, [deposit], of: account, at: turn.now, memo: "deposit applied"), &turn)
    }

    /// The order ended before it was done: nothing is charged, and a deposit goes back.
    func void(_ account: inout OrderAccount, at date: Date, _ turn: inout Turn) {
        guard account.move(.voided, at: date) else { return }
        if let open = account.openEstimateId { giveUp(open, because: "order-void", &turn) }
        account.openEstimateId = nil
        // An order can be reinstated, paid and cancelled once more: what went back before tells the refunds apart.
        let cause = UUID(derivedFrom: "refund:\(account.refunded)", in: account.workOrderId)
        refund(&account, cause: cause, &turn)
    }

    func refund(_ account: inout OrderAccount, cause: UUID, _ turn: inout Turn) {
        let amount = account.refundAll()
        let transfer = LedgerEntry.Transfer(debit: Account.customerDeposits, credit: Account.refundsPayable, amount)
        post(entry(.refund, cause: cause, [transfer], of: account, at: turn.now, memo: "deposit given back"), &turn)
    }

    /// Nobody answers this one any more. What is told of the one that takes its place says so.
    @discardableResult
    func supersede(_ estimateId: UUID, _ turn: inout Turn) -> Estimate? {
        guard var estimate = turn.get(Estimate.self, estimateId), case .move = estimate.move(.supersede) else {
            return nil
        }
        turn.set(estimate, estimateId)
        turn.note("superseded", about: Estimate.self, estimateId)
        turn.cancel(EndEstimateByDeadline.self, for: estimateId)
        turn.cancel(EscalateWaitingApproval.self, for: estimateId)
        return estimate
    }

    /// An estimate that no other takes the place of needs nobody's word any more: a visit may wait for it, on an order
    /// that will be reinstated.
    func giveUp(_ estimateId: UUID, because code: String, _ turn: inout Turn) {
        guard let estimate = supersede(estimateId, &turn) else { return }
        turn.emit(
            EstimatePrepared(
                estimateId: estimateId, workOrderId: estimate.workOrderId, workOrderNumber: estimate.workOrderNumber,
                visitId: estimate.visitId, decision: .none, total: Money(0, estimate.total.currency),
                reason: CodedReason(code: code), preparedAt: turn.now, validUntil: estimate.validUntil),
            about: Estimate.self, estimateId, story: estimate.workOrderId)
    }

    /// `BL-20261121-000042`, dated by the company's clock.
    private func billNumber(_ turn: inout Turn) -> String { number("BL", of: "bill_number", &turn) }

    /// The next number of a sequence, as people read it.
    func number(_ letters: String, of sequence: String, _ turn: inout Turn) -> String {
        let local = turn.now.addingTimeInterval(TimeInterval(policy.utcOffsetMinutes * 60))
        let date = RFC3339.format(local).prefix(10).replacing("-", with: "")
        let number = String(turn.nextNumber(sequence))
        return "\(letters)-\(date)-" + String(repeating: "0", count: max(0, 6 - number.count)) + number
    }
}
