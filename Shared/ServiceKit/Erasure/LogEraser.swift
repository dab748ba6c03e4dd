import DomainContracts
import Foundation
import Postgres

/// Takes what is personal out of the events that a service has told, so that nobody who asks for them again gets it back.
public enum LogEraser {
    /// Rows that one transaction looks at.
    private static let portion = 2_000

    private static let members = Dictionary(
        MessageCatalogue.events.map { ($0.wireType, $0.personalMembers) }, uniquingKeysWith: { first, _ in first })

    /// The position of the last event that was ever told, published or not.
    public static func end(on connection: PostgresConnection) async throws -> Int {
        let rows = try await connection.query(
            """
            SELECT greatest(
                (SELECT coalesce(max(id), 0) FROM outbox), (SELECT coalesce(max(id), 0) FROM event_log)) AS id
            """)
        return try rows.first?.get("id", as: Int.self) ?? 0
    }

    /// Whether all until then is published, and so in the log.
    public static func isTold(upTo end: Int, on connection: PostgresConnection) async throws -> Bool {
        try await connection.query("SELECT id FROM outbox WHERE id <= \(end) LIMIT 1").isEmpty
    }

    /// Goes through one portion of the log.
    ///
    /// - Returns: how far it went; nil at the end.
    public static func erase(
        _ marks: ForgottenMarks, after position: Int, upTo end: Int, on connection: PostgresConnection
    ) async throws -> Int? {
        let page: SQL =
            """
            SELECT id, wire_type, body FROM event_log
            WHERE id > \(position) AND id <= \(end) ORDER BY id LIMIT \(portion)
            """
        let found = try await connection.pipeline([
            "SELECT max(id) AS reached FROM (\(fragment: page)) AS page",
            """
            SELECT id, wire_type, body
            FROM (SELECT *, convert_from(body, 'UTF8')::json AS event FROM (\(fragment: page)) AS page) AS page
            WHERE event->>'partitionkey' = ANY(\(marks.stories)) OR event->>'subject' = ANY(\(marks.subjects))
            """,
        ])
        guard let reached = try found[0].first?.get("reached", as: Int?.self) else { return nil }
        var ids: [Int] = []
        var bodies: [[UInt8]] = []
        for row in found[1] {
            let body = try row.get("body", as: [UInt8].self)
            guard let rest = try withoutPersonalData(body, type: try row.get("wire_type")) else { continue }
            ids.append(try row.get("id"))
            bodies.append(rest)
        }
        if !ids.isEmpty {
            try await connection.execute(
                """
                UPDATE event_log AS l SET body = n.body FROM unnest(\(ids), \(bodies)) AS n(id, body)
                WHERE l.id = n.id
                """)
        }
        return reached
    }

    /// An event's bytes without what is personal in its data, and without the customer's own name where he acted; nil where
    /// there is nothing of it.
    static func withoutPersonalData(_ body: [UInt8], type: String) throws -> [UInt8]? {
        let event = try WireJSON.decoder().decode(JSONValue.self, from: Data(body))
        guard case .object(var members) = event else { return nil }
        members["data"] = members["data"]?.forgetting(Self.members[type] ?? [])
        if members["authtype"] == .string("customer") { members["authid"] = nil }
        let rest = JSONValue.object(members)
        return rest == event ? nil : Array(try WireJSON.encoder().encode(rest))
    }
}
