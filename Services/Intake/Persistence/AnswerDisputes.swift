import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Shows disputes, the one that is to be decided first before the others.
struct AnswerDisputes: QueryHandler {
    func answer(
        _ query: EntitlementDisputesQuery, on connection: PostgresConnection
    ) async throws -> EntitlementDisputesAnswer {
        let limit = try PageSize.of(query.limit, most: 100, usual: 20)
        let status = query.status ?? (query.workOrderId == nil ? .open : nil)
        let ofStatus: SQL = status.map { "AND status = \($0.rawValue)" } ?? ""
        let ofOrder: SQL = query.workOrderId.map { "AND work_order_id = \($0)" } ?? ""
        var behind: SQL = ""
        if let cursor = query.cursor {
            let parts = cursor.split(separator: "|", maxSplits: 1).map(String.init)
            guard parts.count == 2, let id = UUID(uuidString: parts[1]) else {
                throw Refusal.invalid("/data/cursor", "unknown", "the cursor of an answer")
            }
            behind = "AND (decide_by, id) > (\(parts[0]), \(id))"
        }
        let rows = try await connection.query(
            """
            SELECT state FROM entitlement_dispute
            WHERE true \(fragment: ofStatus) \(fragment: ofOrder) \(fragment: behind)
            ORDER BY decide_by, id LIMIT \(limit + 1)
            """)
        let decoder = WireJSON.decoder()
        let page = try rows.prefix(limit).map {
            try $0.get("state", as: JSONB.self).decode(EntitlementDispute.self, decoder: decoder)
        }
        return EntitlementDisputesAnswer(
            disputes: page.map(\.news),
            cursor: rows.count > limit
                ? page.last.map { "\(RFC3339.format($0.decideBy))|\($0.id.text)" } : nil)
    }
}
