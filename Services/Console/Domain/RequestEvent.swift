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
            at: remindedAt ?? receivedAt, channel: channel, direction: remindedAt == nil ? .inbound : .outbound,
            parameters: ["requestNumber": requestNumber, "missing": missing.joined(separator: " ")])
    }
}

extension RequestEscalated: RequestEvent {
    var contact: UUID? { nil }

    var line: LineDraft {
        LineDraft(
            at: escalation.raisedAt,
            parameters: [
                "requestNumber": requestNumber, "reason": escalation.reason.code, "toRole": escalation.toRole,
                "step": "\(escalation.step)",
            ])
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
                "unverified": message.isUnverified == true ? "true" : nil,
                "mergedRequestId": message.mergedRequestId?.text,
            ])
    }
}

extension RequestMerged: RequestEvent {
    var contact: UUID? { contactId }

    var line: LineDraft {
        LineDraft(
            at: mergedAt,
            parameters: ["requestNumber": requestNumber, "mergedInto": workOrderNumber, "reason": reason])
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
