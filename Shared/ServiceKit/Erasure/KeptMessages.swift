import DomainContracts
import Foundation
import Postgres

/// Takes what is personal out of what a service keeps beside its states and events: messages that wait, are dead or were refused,
/// and who acted.
public enum KeptMessages {
    private static let events = Set(MessageCatalogue.events.map { $0.wireType })
    /// Rows that one transaction looks at; each may be a message of 256 KiB.
    private static let portion = 200

    /// Who he is goes from what he did in these stories.
    public static func forgetWhoActed(inStories stories: [UUID], on connection: PostgresConnection) async throws {
        if stories.isEmpty { return }
        try await connection.execute(
            """
            UPDATE history SET actor_id = NULL
            WHERE story = ANY(\(stories.map(\.text))) AND actor_type = 'customer' AND actor_id IS NOT NULL
            """)
    }

    /// Goes through one portion of what waits, is dead or was refused.
    ///
    /// - Parameters:
    ///   - keepsCommands: whether commands that wait, or are dead, stay as they are.
    ///   - words: what is dead or was refused and holds one of them is about him too, whether anybody could read it or not. What
    ///     waits is handled soon, as somebody's who has come since.
    ///   - messageIds: messages that were refused and are his.
    ///   - position: how far the portion before went; 0 at the beginning.
    /// - Returns: how far it went; nil at the end.
    public static func forget(
        _ marks: ForgottenMarks, keepsCommands: Bool, words: [String] = [],
        messageIds: [String] = [], after position: Int, on connection: PostgresConnection
    ) async throws -> Int? {
        let page = try await connection.query(
            """
            SELECT max(id) AS reached FROM (
                SELECT id FROM parked_message WHERE id > \(position) ORDER BY id LIMIT \(portion)) AS page
            """)
        guard let reached = try page.first?.get("reached", as: Int?.self) else { return nil }
        let rows = try await connection.query(
            """
            SELECT id, wire_type, state, body FROM (
                SELECT id, wire_type, state, message_id, story, body, encode(body, 'escape') AS text
                FROM parked_message WHERE id > \(position) AND id <= \(reached)) AS kept
            WHERE story = ANY(\(marks.stories))
                OR EXISTS (
                    SELECT 1 FROM regexp_matches(text, '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'gi') AS named(id)
                    WHERE lower((named.id)[1]) = ANY(\(marks.ids)))
                OR state <> 'parked' AND (message_id = ANY(\(messageIds)) OR EXISTS (
                    SELECT 1 FROM unnest(\(words)) AS word
                    WHERE position(convert_to(word, 'UTF8') IN body) > 0))
            FOR UPDATE
            """)
        var blanked: [(id: Int, body: [UInt8])] = []
        var emptied: [Int] = []
        for row in rows {
            let id: Int = try row.get("id")
            let type = try row.get("wire_type", as: String?.self) ?? ""
            let body = try row.get("body", as: [UInt8].self)
            let isOver = ["refused", "discarded"].contains(try row.get("state", as: String.self))
            if events.contains(type), !isOver {
                blanked.append((id, (try? LogEraser.withoutPersonalData(body, type: type)) ?? body))
            } else if isOver || !keepsCommands {
                emptied.append(id)
            }
        }
        try await connection.execute(
            """
            UPDATE parked_message AS p SET body = n.body, detail = '', log = '[]'
            FROM unnest(\(blanked.map(\.id)), \(blanked.map(\.body))) AS n(id, body) WHERE p.id = n.id
            """)
        try await connection.execute(
            """
            UPDATE parked_message SET body = '', properties = '{"headers": {}}', detail = '', log = '[]',
                state = CASE state WHEN 'refused' THEN state ELSE 'discarded' END,
                reason = CASE WHEN state IN ('parked', 'dead') THEN 'customer-erased' ELSE reason END,
                next_attempt_at = NULL, waiting_for = NULL, changed_at = now()
            WHERE id = ANY(\(emptied))
            """)
        return reached
    }
}
