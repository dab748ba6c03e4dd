import DomainContracts
import FoundationEssentials

/// An event of a request's story that says nothing of how an order stands.
protocol RequestEvent: Event {
    /// Who is spoken to, where the event says so.
    var contact: UUID? { get }
    var line: LineDraft { get }
}

extension RequestIncomplete: RequestEvent {
    var contact: UUID? { contactId }

    var line: LineDraft {
        LineDraft(
            at: receivedAt, channel: channel, direction: .inbound,
            parameters: ["requestNumber": requestNumber, "missing": missing.joined(separator: " ")])
    }
}

extension MessageAppended: RequestEvent {
    var contact: UUID? { nil }

    var line: LineDraft {
        LineDraft(
            at: message.sentAt, channel: message.channel, direction: .inbound, text: message.text,
            parameters: [
                "requestNumber": requestNumber, "kind": message.kind.rawValue, "number": "\(message.number)",
                "attachments": message.attachments.isEmpty ? nil : "\(message.attachments.count)",
            ])
    }
}

extension RequestAnswered: RequestEvent {
    var contact: UUID? { contactId }

    var line: LineDraft {
        LineDraft(
            at: answeredAt, channel: channel, direction: .outbound, text: answer,
            parameters: ["requestNumber": requestNumber, "articleId": articleId])
    }
}
