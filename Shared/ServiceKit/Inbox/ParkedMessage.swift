import AMQP
import DomainContracts
import Foundation
import Postgres

/// A message that waits for another try, as its row holds it.
struct ParkedMessage: Sendable {
    let id: Int
    let incoming: IncomingMessage
    /// Failed tries.
    let faults: Int
    /// Tries that came too early.
    let earlyAttempts: Int

    static let columns: SQL = "id, routing_key, properties, body, attempts, early_attempts"

    init(_ row: PostgresRow) throws {
        id = try row.get("id")
        earlyAttempts = try row.get("early_attempts")
        faults = try row.get("attempts", as: Int.self) - earlyAttempts
        incoming = IncomingMessage(
            routingKey: try row.get("routing_key"),
            properties: try row.get("properties", as: JSONB.self).decode(StoredProperties.self).properties,
            body: try row.get("body"))
    }
}

/// The AMQP properties that a parked message keeps.
struct StoredProperties: Codable, Sendable {
    var contentType: String?
    var headers: [String: String]
    var correlationID: String?
    var replyTo: String?
    var messageID: String?
    var type: String?
    var appID: String?

    init(_ properties: AMQPProperties) {
        contentType = properties.contentType
        headers = properties.headers.compactMapValues { if case .string(let text) = $0 { text } else { nil } }
        correlationID = properties.correlationID
        replyTo = properties.replyTo
        messageID = properties.messageID
        type = properties.type
        appID = properties.appID
    }

    var properties: AMQPProperties {
        AMQPProperties(
            contentType: contentType, headers: headers.mapValues { .string($0) }, correlationID: correlationID,
            replyTo: replyTo, messageID: messageID, type: type, appID: appID)
    }
}
