import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// The interaction log of a customer or a work order.
struct ShowInteractions: QueryHandler {
    /// As of customer 360.
    var climbs = true

    func answer(_ query: InteractionsQuery, on connection: PostgresConnection) async throws -> Interactions {
        let limit = try PageSize.of(query.limit, most: 200, usual: 50)
        let cursor = try query.cursor.map(PageCursor.init)
        guard let statement = try await statement(query, cursor, limit, on: connection) else {
            return Interactions(found: false)
        }
        let page = try StoryReading.page(try await connection.query(statement), limit: limit)
        return Interactions(found: true, interactions: page.lines, cursor: page.cursor)
    }

    /// Nil where nothing is known of whom or what was named.
    private func statement(
        _ query: InteractionsQuery, _ cursor: PageCursor?, _ limit: Int, on connection: PostgresConnection
    ) async throws -> SQL? {
        if let customer = query.customerId {
            return try await CustomerGroup.find(id: customer, number: nil, climbing: climbs, on: connection).map {
                group in
                StoryReading.contacts(of: group.ids, behind: cursor, limit: limit)
            }
        }
        guard query.workOrderId != nil || query.workOrderNumber != nil else {
            throw Refusal.invalid(
                "/data/workOrderId", "required", "expected customerId, workOrderId or workOrderNumber")
        }
        let number = try PageCursor.text(query.workOrderNumber, "/data/workOrderNumber")
        let rows = try await connection.query(
            """
            SELECT id FROM order_view WHERE id = \(query.workOrderId)
                OR (\(query.workOrderId)::uuid IS NULL AND work_order_number = \(number)) LIMIT 1
            """)
        return try rows.first.map { row in
            StoryReading.contacts(about: try row.get("id"), behind: cursor, limit: limit)
        }
    }
}
