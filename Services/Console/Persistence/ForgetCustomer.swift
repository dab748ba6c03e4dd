import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Forgets what console has gathered about a customer's orders, who signed in for him, and from where he came. How he is reached
/// goes with the news of his contacts.
enum ForgetCustomer {
    static func forget(_ part: ForgottenPart, _ session: inout WorkSession) async throws {
        var keys = Keys()
        keys.need(OrderView.self, part.workOrderIds)
        try await session.load(keys)
        var subjects = part.requestIds.map { "service-request/\($0.text)" }
        try session.decide(story: nil) { turn in
            for id in part.workOrderIds {
                let before = turn.get(OrderView.self, id)
                var view = before ?? OrderView(workOrderId: id)
                view.forget()
                subjects += view.auditSubjects
                if view != before { turn.set(view, id) }
            }
        }
        let connection = session.connection
        try await forgetLines(part, on: connection)
        if part.isFirst { try await forgetUsers(of: part.customerIds, on: connection) }
        try await connection.execute(
            "UPDATE audit_entry SET address = '' WHERE who IS NULL AND subject = ANY(\(subjects)) AND address <> ''")
    }

    private static func forgetLines(_ part: ForgottenPart, on connection: PostgresConnection) async throws {
        let rows = try await connection.query(
            """
            SELECT source, message_id, line FROM story_line WHERE work_order_id = ANY(\(part.workOrderIds))
            UNION SELECT source, message_id, line FROM story_line WHERE contact_id = ANY(\(part.contactIds))
            """)
        let (decoder, encoder) = (WireJSON.decoder(), WireJSON.canonicalEncoder())
        var changed: [(source: String, id: String, line: String)] = []
        for row in rows {
            let before: String = try row.get("line")
            var line = try decoder.decode(StoryLine.self, from: Data(before.utf8))
            line.forget()
            let after = String(decoding: try encoder.encode(line), as: UTF8.self)
            if after != before { changed.append((try row.get("source"), try row.get("message_id"), after)) }
        }
        try await connection.execute(
            """
            UPDATE story_line AS l SET line = n.line
            FROM unnest(\(changed.map(\.source)), \(changed.map(\.id)), \(changed.map(\.line))) AS n(source, id, line)
            WHERE l.source = n.source AND l.message_id = n.id
            """)
    }

    /// Nobody speaks for him any more. His users keep their ids, by which the audit names them.
    private static func forgetUsers(of customers: [UUID], on connection: PostgresConnection) async throws {
        let users = try await connection.query(
            """
            UPDATE door_user SET version = version + 1, state = state || jsonb_build_object(
                'login', 'erased-' || id, 'name', 'erased', 'status', 'blocked', 'passwordHash', '',
                'signInEpoch', (state->>'signInEpoch')::bigint + 1)
            WHERE (state->>'customerId')::uuid = ANY(\(customers)) AND state ? 'customerId' RETURNING id
            """
        ).map { try $0.get("id", as: UUID.self) }
        try await connection.execute("DELETE FROM refresh_token WHERE user_id = ANY(\(users))")
        try await connection.execute(
            "UPDATE audit_entry SET address = '' WHERE who = ANY(\(users.map(\.text))) AND address <> ''")
    }
}
