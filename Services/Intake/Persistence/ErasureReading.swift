import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// What is to be known of a customer before he is forgotten, and what is his.
enum ErasureReading {
    static func customer(_ id: UUID, on connection: PostgresConnection) async throws -> Customer? {
        try await connection.query("SELECT state FROM customer WHERE id = \(id)").first
            .map { try $0.get("state", as: JSONB.self).decode(Customer.self, decoder: WireJSON.decoder()) }
    }

    /// He, and all who were merged into him.
    static func group(of id: UUID, on connection: PostgresConnection) async throws -> [UUID] {
        try await connection.query(
            """
            WITH RECURSIVE members AS (
                SELECT id FROM customer WHERE id = \(id)
                UNION SELECT c.id FROM customer AS c JOIN members AS m ON c.merged_into = m.id)
            SELECT id FROM members ORDER BY id
            """
        ).map { try $0.get("id", as: UUID.self) }
    }

    /// What is not over yet, by kind, with numbers.
    static func openWork(of ids: [UUID], on connection: PostgresConnection) async throws -> [FieldProblem] {
        let found = try await connection.pipeline([
            """
            SELECT number FROM work_order
            WHERE customer_id = ANY(\(ids)) AND status NOT IN ('closed', 'cancelled', 'merged') ORDER BY number
            """,
            """
            SELECT number FROM service_request
            WHERE customer_id = ANY(\(ids)) AND status IN ('received', 'incomplete') ORDER BY number
            """,
            """
            SELECT o.number FROM work_order AS o JOIN entitlement_dispute AS d ON d.work_order_id = o.id
            WHERE o.customer_id = ANY(\(ids)) AND d.status = 'open' ORDER BY o.number
            """,
            """
            SELECT number FROM maintenance_plan WHERE customer_id = ANY(\(ids)) AND status <> 'ended' ORDER BY number
            """,
        ])
        let codes = ["open-work-orders", "open-requests", "open-disputes", "maintenance-plans"]
        return try zip(codes, found).compactMap { code, rows in
            if rows.isEmpty { return nil }
            let numbers = try rows.prefix(Self.named).map { try $0.get("number", as: String.self) }
            let more = rows.count > numbers.count ? " …" : ""
            return FieldProblem(
                "/data/customerId", code, "\(rows.count): \(numbers.joined(separator: ", "))\(more)")
        }
    }

    /// As many numbers as a refusal names.
    private static let named = 20

    /// All ways by which he was ever reached.
    static func words(of ids: [UUID], on connection: PostgresConnection) async throws -> ReachWords {
        let found = try await connection.pipeline([
            """
            SELECT state->>'phone' AS phone, state->>'email' AS email, state->>'channelUserId' AS "user"
            FROM contact WHERE customer_id = ANY(\(ids))
            """,
            """
            SELECT DISTINCT state #>> '{report,customer,phone}' AS phone, state #>> '{report,customer,email}' AS email,
                state #>> '{report,customer,channelUserId}' AS "user"
            FROM service_request WHERE customer_id = ANY(\(ids))
            """,
        ])
        let rows = found.flatMap { $0 }
        return ReachWords(
            phones: try rows.compactMap { try $0.get("phone", as: String?.self) },
            texts: try rows.flatMap { row in
                [try row.get("email", as: String?.self), try row.get("user", as: String?.self)].compactMap { $0 }
            })
    }

    /// The next of a stage's things, by id; none behind the last.
    static func page(_ erasure: CustomerErasure, on connection: PostgresConnection) async throws -> [UUID] {
        let source: SQL
        switch erasure.stage {
        case .contacts: source = "SELECT id FROM contact WHERE customer_id = ANY(\(erasure.customerIds))"
        case .sites: source = "SELECT id FROM site WHERE customer_id = ANY(\(erasure.customerIds))"
        // What is wrong with a device is kept with it, whosever it is by now.
        case .devices:
            source =
                """
                SELECT id FROM device WHERE customer_id = ANY(\(erasure.customerIds))
                UNION SELECT device_id FROM work_order
                WHERE customer_id = ANY(\(erasure.customerIds)) AND device_id IS NOT NULL
                """
        case .requests, .messages:
            source = "SELECT id FROM service_request WHERE customer_id = ANY(\(erasure.customerIds))"
        case .orders: source = "SELECT id FROM work_order WHERE customer_id = ANY(\(erasure.customerIds))"
        case .disputes:
            source =
                """
                SELECT d.id FROM entitlement_dispute AS d JOIN work_order AS o ON o.id = d.work_order_id
                WHERE o.customer_id = ANY(\(erasure.customerIds))
                """
        case .plans: source = "SELECT id FROM maintenance_plan WHERE customer_id = ANY(\(erasure.customerIds))"
        case .pastServices: source = "SELECT id FROM past_service WHERE customer_id = ANY(\(erasure.customerIds))"
        case .acts:
            source =
                """
                SELECT id FROM contact WHERE customer_id = ANY(\(erasure.customerIds))
                UNION SELECT id FROM site WHERE customer_id = ANY(\(erasure.customerIds))
                UNION SELECT id FROM device WHERE customer_id = ANY(\(erasure.customerIds))
                UNION SELECT id FROM work_order WHERE customer_id = ANY(\(erasure.customerIds))
                UNION SELECT unnest(\(erasure.customerIds))
                """
        case .refusedReports, .keptMessages, .files, .log, .telling, .done: return []
        }
        return try await ids(
            """
            SELECT id FROM (\(fragment: source)) AS his
            WHERE \(erasure.after)::uuid IS NULL OR id > \(erasure.after) ORDER BY id LIMIT \(pageSize)
            """, on: connection)
    }

    private static let pageSize = 100

    static func ids(_ statement: SQL, on connection: PostgresConnection) async throws -> [UUID] {
        try await connection.query(statement).map { try $0.get("id", as: UUID.self) }
    }
}
