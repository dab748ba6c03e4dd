import DomainContracts
import Foundation
import ServiceKit

/// Puts a questionnaire in force for the reports that come from now on.
struct PublishAQuestionnaire: CommandHandler {
    func keys(_ command: PublishQuestionnaire, _ keys: inout Keys) {
        keys.need(QuestionnaireInForce.self, IntakeID.questionnaire(command.serviceType))
    }

    func decide(_ command: PublishQuestionnaire, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        var errors: [FieldProblem] = []
        if !command.serviceType.isKnown {
            errors.append(
                FieldProblem(
                    "/data/serviceType", "unknown-value",
                    "must be one of " + ServiceType.known.map(\.rawValue).joined(separator: ", ")))
        }
        if let schema = command.schema {
            do { _ = try QuestionnaireReader.questions(schema) } catch { errors += error.list }
        }
        if let refusal = Refusal.invalid(errors) { throw refusal }
        let id = IntakeID.questionnaire(command.serviceType)
        let known = turn.get(QuestionnaireInForce.self, id)
        let version = known?.present.questionnaireVersion ?? 0
        if let expected = command.expectedVersion, expected != version {
            throw .conflict(
                "questionnaire-changed", "Another questionnaire has been published since",
                detail: "version \(version) is in force")
        }
        guard known?.present.schema != command.schema else {
            return acknowledgement(id, version: version, isAsked: command.schema != nil)
        }
        let next = Questionnaire(
            serviceType: command.serviceType, questionnaireVersion: version + 1, schema: command.schema,
            publishedAt: turn.now, publishedBy: turn.envelope.authid)
        var inForce = known ?? QuestionnaireInForce(next)
        inForce.publish(next)
        turn.set(inForce, id)
        turn.set(next, IntakeID.questionnaire(command.serviceType, version: next.questionnaireVersion))
        turn.emit(
            QuestionnaireChanged(
                serviceType: next.serviceType, questionnaireVersion: next.questionnaireVersion, schema: next.schema,
                changedAt: turn.now),
            about: QuestionnaireInForce.self, id)
        return acknowledgement(id, version: next.questionnaireVersion, isAsked: next.schema != nil)
    }

    private func acknowledgement(_ id: UUID, version: Int, isAsked: Bool) -> Acknowledgement {
        Acknowledgement(
            subject: QuestionnaireInForce.subject(id), version: version, status: isAsked ? "asked" : "not_asked")
    }
}

extension Turn {
    /// A report's answers beside what is asked about its service type now.
    mutating func answerSheet(_ report: ReportRepair) -> AnswerSheet {
        // There is nobody to answer about what was planned.
        guard report.channel != MaintenancePlan.channel, let serviceType = report.serviceType,
            let asked = look(at: QuestionnaireInForce.self, IntakeID.questionnaire(serviceType))?.present,
            let questions = asked.schema.flatMap({ try? QuestionnaireReader.questions($0) })
        else { return AnswerSheet() }
        return AnswerSheet(report.answers, to: questions, version: asked.questionnaireVersion)
    }
}
