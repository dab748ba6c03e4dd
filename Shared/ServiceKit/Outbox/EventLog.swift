import DomainContracts
import Foundation
import Postgres

/// What the service has told, kept to be said again.
enum EventLog {
    /// As many bytes as one answer holds, unless a single event has more.
    private static let mostBytes = 1 << 20

    private static let unkept = MessageCatalogue.events.filter { !$0.isKept }.map { $0.wireType }

    /// Takes rows out of the outbox and keeps what is to be kept.
    static func keep(_ ids: [Int]) -> SQL {
        """
        WITH told AS (DELETE FROM outbox WHERE id = ANY(\(ids)) RETURNING id, wire_type, routing_key, body)
        INSERT INTO event_log (id, wire_type, routing_key, body)
        SELECT id, wire_type, routing_key, body FROM told WHERE wire_type <> ALL(\(unkept))
        ON CONFLICT (id) DO NOTHING
        """
    }

    /// One page. What is committed and not yet published is part of it: whoever has bound a queue before he asks misses nothing.
    static func page(_ query: RepublishQuery, on connection: PostgresConnection) async throws -> Republished {
        let limit = min(max(query.limit ?? 200, 1), 500)
        let rows = try await connection.query(
            """
            SELECT id, routing_key, body FROM (
                (SELECT id, wire_type, routing_key, body FROM event_log
                WHERE id > \(query.from) AND (\(query.types.isEmpty) OR wire_type = ANY(\(query.types)))
                ORDER BY id LIMIT \(limit))
                UNION ALL
                (SELECT id, wire_type, routing_key, body FROM outbox
                WHERE id > \(query.from) AND (\(query.types.isEmpty) OR wire_type = ANY(\(query.types)))
                    AND wire_type <> ALL(\(unkept))
                ORDER BY id LIMIT \(limit))
            ) AS told ORDER BY id LIMIT \(limit)
            """)
        var page = Republished()
        var bytes = 0
        for row in rows {
            let body = try row.get("body", as: [UInt8].self)
            bytes += body.count
            if bytes > mostBytes && !page.events.isEmpty { break }
            page.events.append(
                RepublishedEvent(
                    position: try row.get("id"), routingKey: try row.get("routing_key"),
                    event: try WireJSON.decoder().decode(JSONValue.self, from: Data(body))))
        }
        let isCut = page.events.count < rows.count || rows.count == limit
        page.next = isCut ? page.events.last?.position : nil
        return page
    }
}
