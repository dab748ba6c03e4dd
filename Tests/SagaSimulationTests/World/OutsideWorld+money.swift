import DomainContracts
import Foundation

@testable import Billing
@testable import ServiceKit

/// The approver, finance, and the customer before a quote.
extension OutsideWorld {
    func moneyChoices(_ order: UUID, _ choices: inout Choices, _ history: History) {
        for (id, estimate) in history[.billing].all(Estimate.self) where estimate.workOrderId == order {
            func act<C: Command>(_ command: @escaping () -> C, by name: String) -> () throws -> Void {
                { try self.say(command(), by: .user(name), story: order, in: history) }
            }
            let at = { self.occurredAt(history) }
            let approve = act({ ApproveEstimate(estimateId: id, occurredAt: at()) }, by: "approver")
            let reject = act({ RejectEstimate(estimateId: id, reason: "Too dear", occurredAt: at()) }, by: "approver")
            let accept = act({ AcceptQuote(estimateId: id, occurredAt: at()) }, by: "agent")
            let refuse = act({ RefuseQuote(estimateId: id, reason: "Too dear", occurredAt: at()) }, by: "agent")
            let isNeglected = history.temper.neglects(id)
            switch estimate.status {
            case .approval:
                choices.may(10, dutiful: isNeglected ? 0 : 10, approve)
                choices.may(3, dutiful: isNeglected ? 0 : 1, reject)
            case .quote:
                choices.may(10, dutiful: isNeglected ? 0 : 10, accept)
                choices.may(4, dutiful: isNeglected ? 0 : 1, refuse)
            case .none, .approved, .rejected, .accepted, .refused, .lapsed, .superseded: break
            }
            for wrong in [approve, reject, accept, refuse] { choices.mayWrongly(1, wrong) }
        }
        guard let account = history[.billing].value(OrderAccount.self, order) else { return }
        paymentChoices(account, &choices, history)
    }

    private func paymentChoices(_ account: OrderAccount, _ choices: inout Choices, _ history: History) {
        let order = account.workOrderId
        let owed = max(0, account.total - account.paid)
        let isFinal = account.charge == .final
        choices.may(isFinal && owed > 0 ? 4 : 1) {
            let amount = isFinal && owed > 0 ? owed : history.dice.number(1..<20_000)
            try self.say(
                RecordPayment(
                    paymentId: self.newID(), workOrderId: order, amount: Money(amount, "CNY"), method: .wechat,
                    reference: "wx"), by: .user("finance"), story: order, in: history)
        }
        choices.may(1) {
            guard let engineer = history.dice.pick(self.engineers) else { return }
            try self.say(
                CollectPayment(
                    paymentId: self.newID(), workOrderId: order, engineerId: engineer,
                    amount: Money(history.dice.number(1..<9_000), "CNY"), method: .cash),
                by: .engineer(engineer), story: order, in: history)
        }
        for (engineer, cash) in history[.billing].all(CashInHand.self) where cash.inHand > 0 {
            choices.may(1) {
                try self.say(
                    RemitCash(
                        remittanceId: self.newID(), engineerId: engineer,
                        amount: Money(history.dice.number(1..<cash.inHand + 2), "CNY")),
                    by: .user("finance"), in: history)
            }
        }
    }
}
