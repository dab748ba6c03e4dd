import DomainContracts
import Foundation
import ServiceKit

/// Settles a request without a work order: the customer is told the answer.
struct AnswerRequestWithKnowledge: CommandHandler {
    func keys(_ command: AnswerServiceRequest, _ keys: inout Keys) {
        keys.need(ServiceRequest.self, command.requestId)
    }

    func decide(_ command: AnswerServiceRequest, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        var errors: [FieldProblem] = []
        var (answer, article) = (Optional(command.answer), command.articleId)
        CheckedReport.text(&answer, "/data/answer", limit: 8_000, &errors)
        CheckedReport.text(&article, "/data/articleId", limit: 200, &errors)
        if answer == nil { errors.append(FieldProblem("/data/answer", "required", "what the customer is told")) }
        if let refusal = Refusal.invalid(errors) { throw refusal }
        let request = try turn.settle(command.requestId, .answered, version: command.expectedVersion) {
            $0.answer = answer
        }
        turn.emit(
            RequestAnswered(
                requestId: request.id, requestNumber: request.number, channel: request.report.channel,
                contactId: request.contactId, customerId: request.customerId, answer: answer ?? "", articleId: article,
                answeredAt: turn.occurred(command.occurredAt, notBefore: request.receivedAt),
                language: request.report.writtenLanguage),
            about: ServiceRequest.self, request.id, story: IntakeID.workOrder(of: request.id))
        return turn.acknowledge(request)
    }
}

/// Puts a request aside that is none.
struct PutSpamAside: CommandHandler {
    func keys(_ command: MarkAsSpam, _ keys: inout Keys) { keys.need(ServiceRequest.self, command.requestId) }

    func decide(_ command: MarkAsSpam, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        let request = try turn.settle(command.requestId, .markedAsSpam, version: command.expectedVersion) { _ in }
        turn.note("spam", about: ServiceRequest.self, request.id)
        return turn.acknowledge(request)
    }
}

extension Turn {
    /// Settles a request for which there is no work order.
    fileprivate mutating func settle(
        _ id: UUID, _ event: ServiceRequestEvent, version expected: Int?, _ change: (inout ServiceRequest) -> Void
    ) throws(Refusal) -> ServiceRequest {
        var request = try request(id, expectedVersion: expected)
        guard request.apply(event) else {
            throw .conflict("request-settled", "The request is \(request.status.rawValue)")
        }
        request.missing = []
        stopWatching(request)
        change(&request)
        set(request, id)
        return request
    }
}
