import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Shows what was said about a request since it was reported, the latest first.
struct AnswerRequestMessages: QueryHandler {
    func answer(
        _ query: RequestMessagesQuery, on connection: PostgresConnection
    ) async throws -> RequestMessagesAnswer {
        let limit = try PageSize.of(query.limit, most: 100, usual: 20)
        let rows = try await connection.query(
            """
            SELECT number, channel, kind, text, attachments, sent_at, taken_at, unverified, merged_request_id
            FROM request_message
            WHERE request_id = \(query.requestId) AND number < \(query.before ?? Int(Int32.max))
            ORDER BY number DESC LIMIT \(limit + 1)
            """)
        let messages = try rows.prefix(limit).map { row in
            RequestMessage(
                number: try row.get("number", as: Int.self), channel: try row.get("channel", as: String.self),
                kind: MessageKind(rawValue: try row.get("kind", as: String.self)),
                text: try row.get("text", as: String?.self),
                attachments: try WireJSON.decoder().decode(
                    [Attachment].self, from: Data(try row.get("attachments", as: String.self).utf8)),
                sentAt: try row.get("sent_at", as: Date.self), takenAt: try row.get("taken_at", as: Date.self),
                isUnverified: try row.get("unverified", as: Bool.self) ? true : nil,
                mergedRequestId: try row.get("merged_request_id", as: UUID?.self))
        }
        return RequestMessagesAnswer(messages: messages, hasMore: rows.count > limit)
    }
}
