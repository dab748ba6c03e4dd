import DomainContracts
import Foundation
import Postgres

/// An event on its way out, as the outbox holds it: already in the bytes it will have on the wire.
struct OutboxRow: Sendable {
    let messageId: String
    let wireType: String
    let routingKey: String
    let subject: String
    let traceparent: String?
    let body: [UInt8]

    init(_ outgoing: OutgoingEvent) throws {
        messageId = outgoing.envelope.id
        wireType = outgoing.envelope.type
        routingKey = outgoing.routingKey
        subject = outgoing.envelope.subject ?? ""
        traceparent = outgoing.envelope.traceparent
        body = try Self.encode(outgoing.envelope, outgoing.event)
    }

    private static func encode<E: Event>(_ envelope: Envelope, _ event: E) throws -> [UInt8] {
        Array(try WireJSON.encoder().encode(CloudEvent(envelope, event)))
    }

    static func insert(_ rows: [OutboxRow]) -> SQL {
        """
        INSERT INTO outbox (message_id, wire_type, routing_key, subject, traceparent, body)
        SELECT * FROM unnest(\(rows.map(\.messageId)), \(rows.map(\.wireType)), \(rows.map(\.routingKey)),
            \(rows.map(\.subject)), \(rows.map(\.traceparent)), \(rows.map(\.body)))
        """
    }
}
