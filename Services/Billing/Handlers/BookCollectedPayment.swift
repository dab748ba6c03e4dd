import DomainContracts
import Foundation
import ServiceKit

/// The engineer took money on site: cash is his to hand over, the rest is at the provider.
struct BookCollectedPayment: CommandHandler {
    let policy: BillingPolicy

    func keys(_ command: CollectPayment, _ keys: inout Keys) {
        keys.need(OrderAccount.self, command.workOrderId)
        keys.need(MoneyMovement.self, command.paymentId)
        keys.need(CashInHand.self, command.engineerId)
    }

    func decide(_ command: CollectPayment, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        let desk = BillingDesk(policy: policy)
        var problems = desk.problems(command.amount)
        if !command.method.isKnown || command.method == .bankTransfer {
            problems.append(FieldProblem("/data/method", "invalid", "cash, wechat, alipay or card"))
        }
        if let refusal = Refusal.invalid(problems) { throw refusal }
        guard var account = turn.get(OrderAccount.self, command.workOrderId) else {
            throw .notFound("/data/workOrderId", "work order")
        }
        let movement = MoneyMovement(
            kind: .collected, workOrderId: command.workOrderId, engineerId: command.engineerId,
            amount: command.amount.amount, method: command.method.rawValue)
        if try desk.isRepetition(movement, command.paymentId, &turn) { return .init(account, &turn) }
        let before = account.tracks
        turn.set(movement, command.paymentId)
        if command.method == .cash {
            var cash = turn.get(CashInHand.self, command.engineerId) ?? CashInHand()
            cash.collect(command.amount.amount)
            turn.set(cash, command.engineerId)
        }
        desk.receive(
            movement, command.paymentId,
            into: Account.clearing(command.method) ?? Account.engineerCash(command.engineerId),
            at: turn.occurred(command.occurredAt), &account, &turn)
        desk.keep(account, was: before, &turn)
        return .init(account, &turn)
    }
}
