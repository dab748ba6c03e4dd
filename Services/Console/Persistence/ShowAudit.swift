import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Who did what, the newest first.
struct ShowAudit: QueryHandler {
    func answer(_ query: AuditQuery, on connection: PostgresConnection) async throws -> AuditAnswer {
        let limit = try PageSize.of(query.limit, most: 200, usual: 50)
        let rows = try await connection.query(
            """
            SELECT request_id, at, who, what, address, status, code, subject FROM audit_entry
            WHERE \(fragment: try Self.condition(query)) ORDER BY at DESC, request_id DESC LIMIT \(limit + 1)
            """)
        let entries = try rows.prefix(limit).map { row in
            AuditEntry(
                requestId: try row.get("request_id"), at: try row.get("at"), who: try row.get("who"),
                what: try row.get("what"), address: try row.get("address"), status: try row.get("status"),
                code: try row.get("code"), subject: try row.get("subject"))
        }
        let cursor = rows.count > limit ? entries.last.map { PageCursor(at: $0.at, id: $0.requestId.text).text } : nil
        return AuditAnswer(entries: entries, cursor: cursor)
    }

    private static func condition(_ query: AuditQuery) throws -> SQL {
        var condition: SQL = "true"
        if let who = try PageCursor.text(query.who, "/data/who") {
            condition = "\(fragment: condition) AND who = \(who)"
        }
        if let what = try PageCursor.text(query.what, "/data/what") {
            condition = "\(fragment: condition) AND what = \(what)"
        }
        if let since = query.since { condition = "\(fragment: condition) AND at >= \(since)" }
        if let until = query.until { condition = "\(fragment: condition) AND at < \(until)" }
        if let cursor = try query.cursor.map(PageCursor.init) {
            guard let id = UUID(uuidString: cursor.id) else {
                throw Refusal.invalid("/data/cursor", "unknown", "expected the cursor of an answer")
            }
            condition = "\(fragment: condition) AND (at, request_id) < (\(cursor.at), \(id))"
        }
        return condition
    }
}
