import DomainContracts
import Foundation
import ServiceKit

/// Money arrived at the bank or a provider.
struct BookPayment: CommandHandler {
    let policy: BillingPolicy

    func keys(_ command: RecordPayment, _ keys: inout Keys) {
        keys.need(OrderAccount.self, command.workOrderId)
        keys.need(MoneyMovement.self, command.paymentId)
    }

    func decide(_ command: RecordPayment, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        let desk = BillingDesk(policy: policy)
        var problems = desk.problems(command.amount)
        let place = Account.clearing(command.method)
        if place == nil {
            problems.append(FieldProblem("/data/method", "invalid", "bank_transfer, wechat, alipay or card"))
        }
        if let refusal = Refusal.invalid(problems) { throw refusal }
        guard var account = turn.get(OrderAccount.self, command.workOrderId) else {
            throw .notFound("/data/workOrderId", "work order")
        }
        let movement = MoneyMovement(
            kind: .recorded, workOrderId: command.workOrderId, amount: command.amount.amount,
            method: command.method.rawValue, reference: command.reference)
        if try desk.isRepetition(movement, command.paymentId, &turn) { return .init(account, &turn) }
        let before = account.tracks
        turn.set(movement, command.paymentId)
        desk.receive(
            movement, command.paymentId, into: place ?? Account.bank, at: turn.occurred(command.occurredAt), &account,
            &turn)
        desk.keep(account, was: before, &turn)
        return .init(account, &turn)
    }
}
