import DomainContracts
import Foundation
import ServiceKit

/// The customer accepts a quote.
struct TakeAcceptedQuote: CommandHandler {
    let policy: BillingPolicy
    let door: CustomerDoor

    func keys(_ command: AcceptQuote, _ keys: inout Keys) { keys.need(Estimate.self, command.estimateId) }

    func decide(_ command: AcceptQuote, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        try door.admit(AcceptQuote.self, subject: command.estimateId, token: command.token, turn)
        let estimate = try EstimateAnswer(policy: policy).give(
            .accept, to: command.estimateId, reason: "", at: turn.occurred(command.occurredAt), &turn)
        return Acknowledgement(estimate, &turn)
    }
}

/// The customer refuses a quote.
struct TakeRefusedQuote: CommandHandler {
    let policy: BillingPolicy
    let door: CustomerDoor

    func keys(_ command: RefuseQuote, _ keys: inout Keys) { keys.need(Estimate.self, command.estimateId) }

    func decide(_ command: RefuseQuote, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        try door.admit(RefuseQuote.self, subject: command.estimateId, token: command.token, turn)
        let estimate = try EstimateAnswer(policy: policy).give(
            .refuse, to: command.estimateId, reason: command.reason ?? "refused",
            at: turn.occurred(command.occurredAt), &turn)
        return Acknowledgement(estimate, &turn)
    }
}
