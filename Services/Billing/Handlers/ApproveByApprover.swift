import DomainContracts
import Foundation
import ServiceKit

/// Our own approver allows an estimate; it goes on to the customer if his word is needed too.
struct ApproveByApprover: CommandHandler {
    let policy: BillingPolicy

    func keys(_ command: ApproveEstimate, _ keys: inout Keys) { keys.need(Estimate.self, command.estimateId) }

    func decide(_ command: ApproveEstimate, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        let estimate = try EstimateAnswer(policy: policy).give(
            .approve, to: command.estimateId, reason: "", at: turn.occurred(command.occurredAt), &turn)
        return Acknowledgement(estimate, &turn)
    }
}

/// Our own approver refuses an estimate.
struct RejectByApprover: CommandHandler {
    let policy: BillingPolicy

    func keys(_ command: RejectEstimate, _ keys: inout Keys) { keys.need(Estimate.self, command.estimateId) }

    func decide(_ command: RejectEstimate, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        if command.reason.isEmpty { throw .invalid("/data/reason", "required", "say why") }
        let estimate = try EstimateAnswer(policy: policy).give(
            .reject, to: command.estimateId, reason: command.reason, at: turn.occurred(command.occurredAt), &turn)
        return Acknowledgement(estimate, &turn)
    }
}
