import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Reads work orders by pages.
enum OrderReading {
    /// The newest first.
    static func page(of customers: [UUID], behind cursor: PageCursor?, limit: Int) throws(Refusal) -> SQL {
        var older: SQL = "true"
        if let cursor {
            guard let id = UUID(uuidString: cursor.id) else {
                throw .invalid("/data/cursor", "unknown", "expected the cursor of an answer")
            }
            older = "(received_at, id) < (\(RFC3339.format(cursor.at)), \(id))"
        }
        return """
            SELECT id, received_at, state FROM order_view
            WHERE customer_id = ANY(\(customers)) AND NOT state ? 'past' AND \(fragment: older)
            ORDER BY received_at DESC, id DESC LIMIT \(limit + 1)
            """
    }

    /// The page, and the cursor for what lies behind it.
    static func overviews(
        _ rows: [PostgresRow], limit: Int, on connection: PostgresConnection
    ) async throws -> (overviews: [WorkOrderOverview], cursor: String?) {
        let decoder = WireJSON.decoder()
        let views = try rows.prefix(limit).map { row in
            try row.get("state", as: JSONB.self).decode(OrderView.self, decoder: decoder)
        }
        let engineers = Set(views.flatMap { $0.visits.values.compactMap(\.engineerId) })
        var names: [UUID: String] = [:]
        if !engineers.isEmpty {
            let ids = Array(engineers)
            let rows = try await connection.query(
                "SELECT id, state #>> '{told,name}' AS name FROM engineer_view WHERE id = ANY(\(ids))")
            for row in rows { names[try row.get("id")] = try row.get("name", as: String?.self) }
        }
        let overviews = views.map { $0.overview(names: names) }
        guard rows.count > limit, let last = overviews.last, let at = last.receivedAt else { return (overviews, nil) }
        return (overviews, PageCursor(at: at, id: last.workOrderId.text).text)
    }
}
