import DomainContracts
import Foundation
import ServiceKit

/// An engineer hands over cash he collected; never more than he has.
struct BookRemittance: CommandHandler {
    let policy: BillingPolicy

    func keys(_ command: RemitCash, _ keys: inout Keys) {
        keys.need(MoneyMovement.self, command.remittanceId)
        keys.need(CashInHand.self, command.engineerId)
    }

    func decide(_ command: RemitCash, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        let desk = BillingDesk(policy: policy)
        if let refusal = Refusal.invalid(desk.problems(command.amount)) { throw refusal }
        let movement = MoneyMovement(
            kind: .remitted, engineerId: command.engineerId, amount: command.amount.amount, method: "cash",
            reference: command.reference)
        var cash = turn.get(CashInHand.self, command.engineerId) ?? CashInHand()
        if try !desk.isRepetition(movement, command.remittanceId, &turn) {
            guard cash.remit(command.amount.amount) else {
                throw .conflict(
                    "more-than-in-hand", "The engineer has less cash than that", detail: "\(cash.inHand) minor units")
            }
            turn.set(cash, command.engineerId)
            turn.set(movement, command.remittanceId)
            desk.post(
                LedgerEntry(
                    BillingID.entry(.remittance, command.remittanceId), .remittance,
                    [
                        .init(
                            debit: Account.bank, credit: Account.engineerCash(command.engineerId),
                            command.amount.amount)
                    ],
                    currency: policy.currency, postedAt: turn.occurred(command.occurredAt), memo: "cash remitted"),
                &turn)
        }
        return Acknowledgement(
            subject: CashInHand.subject(command.engineerId),
            version: turn.version(CashInHand.self, command.engineerId))
    }
}
