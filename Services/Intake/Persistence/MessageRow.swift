import DomainContracts
import Foundation
import ServiceKit

/// One message of a request, as it is kept for ever.
struct MessageRow: FactRow {
    static let table = "request_message"
    static let columns = [
        "request_id", "number", "message_id", "channel", "kind", "text", "attachments", "sent_at", "taken_at",
        "unverified",
        "merged_request_id",
    ]

    let requestId: UUID
    let number: Int
    /// Of the envelope that brought it.
    let messageId: String
    let channel: String
    let kind: String
    let text: String?
    /// As JSON.
    let attachments: String
    let sentAt: Date
    let takenAt: Date
    let unverified: Bool
    let mergedRequestId: UUID?

    init(_ message: RequestMessage, of request: UUID, messageId: String) {
        requestId = request
        self.messageId = messageId
        number = message.number
        channel = message.channel
        kind = message.kind.rawValue
        text = message.text
        attachments =
            (try? WireJSON.encoder().encode(message.attachments)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
        sentAt = message.sentAt
        takenAt = message.takenAt
        unverified = message.isUnverified == true
        mergedRequestId = message.mergedRequestId
    }
}
