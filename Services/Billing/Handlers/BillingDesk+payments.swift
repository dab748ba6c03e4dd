import DomainContracts
import Foundation
import ServiceKit

extension BillingDesk {
    /// Books money of a customer: onto what he owes, and the rest as a deposit; straight back when the order is void.
    func receive(
        _ movement: MoneyMovement, _ paymentId: UUID, into moneyAccount: String, at date: Date,
        _ account: inout OrderAccount, _ turn: inout Turn
    ) {
        let owed = account.charge == .final ? max(0, account.total - account.paid) : 0
        let settled = min(owed, movement.amount)
        account.receive(movement.amount)
        let transfers = [
            LedgerEntry.Transfer(debit: moneyAccount, credit: Account.receivable, settled),
            LedgerEntry.Transfer(debit: moneyAccount, credit: Account.customerDeposits, movement.amount - settled),
        ]
        post(
            entry(
                .payment, cause: paymentId, transfers, of: account, at: date, memo: "payment by \(movement.method)"),
            &turn)
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
