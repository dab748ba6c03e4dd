import DomainContracts
import Foundation
import ServiceKit

extension BillingDesk {
    /// Books money of a customer: onto what he owes, and the rest as a deposit; straight back when the order is void. What the
    /// bank dates before the charge was final was a deposit on that day, and pays for the charge today: nobody owed it then.
    func receive(
        _ movement: MoneyMovement, _ paymentId: UUID, into moneyAccount: String, at date: Date,
        _ account: inout OrderAccount, _ turn: inout Turn
    ) {
        let owed = account.charge == .final ? max(0, account.total - account.paid) : 0
        let settled = min(owed, movement.amount)
        let isEarlier = account.bill.map { date < $0.finalAt } == true
        let direct = isEarlier ? 0 : settled
        account.receive(movement.amount)
        let transfers = [
            LedgerEntry.Transfer(debit: moneyAccount, credit: Account.receivable, direct),
            LedgerEntry.Transfer(debit: moneyAccount, credit: Account.customerDeposits, movement.amount - direct),
        ]
        post(
            entry(
                .payment, cause: paymentId, transfers, of: account, at: date, memo: "payment by \(movement.method)"),
            &turn)
        let applied = LedgerEntry.Transfer(
            debit: Account.customerDeposits, credit: Account.receivable, settled - direct)
        post(
            entry(.deposit, cause: paymentId, [applied], of: account, at: turn.now, memo: "deposit applied"), &turn)
        if account.charge == .void { refund(&account, cause: paymentId, &turn) }
    }

    func problems(_ amount: Money) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if !(1...BillingPolicy.highestAmount).contains(amount.amount) {
            problems.append(
                FieldProblem("/data/amount/amount", "out-of-range", "1 to \(BillingPolicy.highestAmount) minor units"))
        }
        if amount.currency != policy.currency {
            problems.append(
                FieldProblem("/data/amount/currency", "currency-mismatch", "the books are kept in \(policy.currency)"))
        }
        return problems
    }

    /// Whether the movement was booked before.
    func isRepetition(_ movement: MoneyMovement, _ id: UUID, _ turn: inout Turn) throws(Refusal) -> Bool {
        guard let booked = turn.get(MoneyMovement.self, id) else { return false }
        guard booked == movement else {
            throw .conflict("payment-differs", "Another movement of money was booked under this id")
        }
        return true
    }
}

extension Acknowledgement {
    /// How an order's charge stands after a command.
    init(_ account: OrderAccount, _ turn: inout Turn) {
        self.init(
            subject: OrderAccount.subject(account.workOrderId),
            version: turn.version(OrderAccount.self, account.workOrderId), status: account.paymentStatus.rawValue)
    }

    init(_ estimate: Estimate, _ turn: inout Turn) {
        self.init(
            subject: Estimate.subject(estimate.estimateId), version: turn.version(Estimate.self, estimate.estimateId),
            status: estimate.status.rawValue)
    }
}
