import Foundation
import Postgres

/// Who names which file of ours: all attachments come to intake, with a request, a message or a dispute.
enum AttachmentReading {
    private static let pageSize = 5_000

    /// What an attachment `a` names: our own files alone.
    private static let hashes: SQL =
        """
        LATERAL (VALUES (a->>'sha256'), (substring(a->>'dataref' FROM '^urn:mendloop:attachment:(.*)$'))) AS named(hash)
        """

    /// Files that customers named.
    static func files(of customers: [UUID], on connection: PostgresConnection) async throws -> [String] {
        try await connection.query(
            """
            SELECT DISTINCT hash FROM (
                SELECT jsonb_array_elements(state #> '{report,attachments}') AS a FROM service_request
                WHERE customer_id = ANY(\(customers))
                UNION ALL SELECT jsonb_array_elements(attachments::jsonb) FROM request_message
                WHERE request_id IN (SELECT id FROM service_request WHERE customer_id = ANY(\(customers)))
                UNION ALL SELECT jsonb_array_elements(d.state->'evidence') FROM entitlement_dispute AS d
                    JOIN work_order AS o ON o.id = d.work_order_id WHERE o.customer_id = ANY(\(customers))
            ) AS attachment, \(fragment: hashes)
            WHERE a->>'dataref' LIKE 'urn:mendloop:attachment:%' AND hash ~ '^[0-9a-f]{64}$' ORDER BY hash
            """
        ).map { try $0.get("hash", as: String.self) }
    }

    /// Requests, whosever they are, to be looked through.
    static func page(after id: UUID?, on connection: PostgresConnection) async throws -> [UUID] {
        try await ErasureReading.ids(
            "SELECT id FROM service_request WHERE \(id)::uuid IS NULL OR id > \(id) ORDER BY id LIMIT \(pageSize)",
            on: connection)
    }

    /// Which of these files somebody names still: what was his own does not any more.
    static func named(
        _ files: [String], in page: [UUID], isFirst: Bool, on connection: PostgresConnection
    ) async throws -> [String] {
        if files.isEmpty { return [] }
        var sources: [SQL] = [
            "SELECT jsonb_array_elements(state #> '{report,attachments}') AS a FROM service_request WHERE id = ANY(\(page))"
        ]
        if isFirst {
            sources += [
                "SELECT jsonb_array_elements(attachments::jsonb) AS a FROM request_message WHERE attachments <> '[]'",
                "SELECT jsonb_array_elements(state->'evidence') AS a FROM entitlement_dispute",
            ]
        }
        return try await connection.pipeline(
            sources.map { source in
                """
                SELECT DISTINCT hash FROM (\(fragment: source)) AS attachment, \(fragment: hashes)
                WHERE hash = ANY(\(files))
                """
            }
        ).flatMap { rows in try rows.map { try $0.get("hash", as: String.self) } }
    }
}
