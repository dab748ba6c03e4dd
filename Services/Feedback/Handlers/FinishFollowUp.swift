import DomainContracts
import Foundation
import ServiceKit

/// An agent has called.
struct FinishFollowUp: CommandHandler {
    func keys(_ command: CompleteFollowUp, _ keys: inout Keys) { keys.need(FollowUp.self, command.followUpId) }

    func decide(_ command: CompleteFollowUp, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        var problems = Scores.satisfaction(command.satisfaction) + Scores.words(command.note, at: "/data/note")
        if !command.result.isKnown || command.result == .deadline {
            problems.append(
                FieldProblem("/data/result", "unknown", "must be satisfied, dissatisfied or unreachable"))
        }
        if let invalid = Refusal.invalid(problems) { throw invalid }
        guard turn.envelope.authtype != "customer", turn.envelope.authtype != "engineer" else {
            throw .forbidden("Following up is an agent's", pointer: "/authtype")
        }
        guard var followUp = turn.get(FollowUp.self, command.followUpId) else {
            throw .notFound("/data/followUpId", "follow-up")
        }
        let at = turn.occurred(command.occurredAt, notBefore: followUp.dueAt - FollowUp.patience)
        guard followUp.complete(at: at) else {
            throw .conflict("follow-up-not-open", "The follow-up is \(followUp.status.rawValue) already")
        }
        turn.set(followUp, command.followUpId)
        turn.cancel(MakeFollowUpDue.self, for: command.followUpId)
        turn.cancel(GiveUpOnFollowUp.self, for: command.followUpId)
        if let fact = SatisfactionFact(command, followUp, answeredAt: at) { turn.append(fact) }
        turn.emit(
            FollowUpCompleted(
                followUpId: command.followUpId, workOrderId: followUp.workOrderId, result: command.result,
                fixed: command.fixed, satisfaction: command.satisfaction, note: command.note, completedAt: at),
            about: FollowUp.self, command.followUpId, story: followUp.workOrderId)
        return turn.standing(of: followUp, command.followUpId)
    }
}
