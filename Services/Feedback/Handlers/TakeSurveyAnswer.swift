import DomainContracts
import Foundation
import ServiceKit

/// The customer's answer closes the follow-up, if it comes before anything else did.
struct TakeSurveyAnswer: CommandHandler {
    let desk: LinkDesk

    func keys(_ command: AnswerSurvey, _ keys: inout Keys) { keys.need(FollowUp.self, command.surveyId) }

    func decide(_ command: AnswerSurvey, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        if let invalid = Refusal.invalid(Self.problems(command)) { throw invalid }
        if let token = command.token {
            guard desk.holds(token, for: AnswerSurvey.self, about: command.surveyId) else {
                throw .forbidden("The link's token does not hold for this survey", pointer: "/data/token")
            }
        }
        guard var followUp = turn.get(FollowUp.self, command.surveyId) else {
            throw .notFound("/data/surveyId", "survey")
        }
        if command.token == nil { try Self.admit(command, followUp, &turn) }
        let at = turn.occurred(command.occurredAt, notBefore: followUp.dueAt - FollowUp.patience)
        guard followUp.answer(at: at) else {
            throw .conflict("follow-up-not-open", "The follow-up is \(followUp.status.rawValue) already")
        }
        turn.set(followUp, command.surveyId)
        turn.cancel(MakeFollowUpDue.self, for: command.surveyId)
        turn.cancel(GiveUpOnFollowUp.self, for: command.surveyId)
        turn.append(SatisfactionFact(command, followUp, answeredAt: at))
        turn.emit(
            SurveyAnswered(
                surveyId: command.surveyId, followUpId: command.surveyId, workOrderId: followUp.workOrderId,
                satisfaction: command.satisfaction, recommendation: command.recommendation, effort: command.effort,
                fixed: command.fixed, comment: command.comment, answeredAt: at),
            about: FollowUp.self, command.surveyId, story: followUp.workOrderId)
        return turn.standing(of: followUp, command.surveyId)
    }

    /// Without a token: the order's own customer on his channel, or an agent for him.
    private static func admit(
        _ command: AnswerSurvey, _ followUp: FollowUp, _ turn: inout Turn
    ) throws(Refusal) {
        if turn.channel == nil, turn.envelope.authtype == "user" { return }
        let contact = turn.get(Contact.self, followUp.contactId)
        guard let channel = turn.channel, let contact, contact.channel == channel,
            let own = contact.channelUserId, own == command.channelUserId
        else { throw .forbidden("The customer's word needs his link's token", pointer: "/data/token") }
    }

    private static func problems(_ command: AnswerSurvey) -> [FieldProblem] {
        var problems = Scores.satisfaction(command.satisfaction)
        if let score = command.recommendation, !(0...10).contains(score) {
            problems.append(FieldProblem("/data/recommendation", "range", "must be 0…10"))
        }
        if let score = command.effort, !(1...7).contains(score) {
            problems.append(FieldProblem("/data/effort", "range", "must be 1…7"))
        }
        return problems + Scores.words(command.comment, at: "/data/comment")
    }
}

/// Ranges of what is asked.
enum Scores {
    private static let mostCharacters = 2_000

    static func words(_ text: String?, at pointer: String) -> [FieldProblem] {
        guard let text, text.count > mostCharacters else { return [] }
        return [FieldProblem(pointer, "length", "expected at most \(mostCharacters) characters")]
    }

    static func satisfaction(_ score: Int?) -> [FieldProblem] {
        guard let score, !(1...5).contains(score) else { return [] }
        return [FieldProblem("/data/satisfaction", "range", "must be 1…5")]
    }
}

extension Turn {
    mutating func standing(of followUp: FollowUp, _ id: UUID) -> Acknowledgement {
        Acknowledgement(
            subject: FollowUp.subject(id), version: version(FollowUp.self, id), status: followUp.status.rawValue)
    }
}
