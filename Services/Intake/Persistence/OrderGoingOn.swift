import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// With which order one goes on, as `Turn.orderInForce` has it for what is said of it.
enum OrderGoingOn {
    /// More merges of customers in a row than anybody makes.
    private static let deepest = 50

    /// The next one alone; nil where it is in force itself, or is over for its customer.
    static func next(after order: WorkOrder, on connection: PostgresConnection) async throws -> UUID? {
        if let again = order.unmergedAs { return again }
        if let into = order.facts.merge?.into {
            return try await isOneCustomers(order, into, connection) ? into : nil
        }
        guard order.status == .closed else { return nil }
        let rework = IntakeID.rework(of: order.id)
        return try await connection.query("SELECT FROM work_order WHERE id = \(rework)").isEmpty ? nil : rework
    }

    private static func isOneCustomers(
        _ order: WorkOrder, _ other: UUID, _ connection: PostgresConnection
    ) async throws -> Bool {
        let rows = try await connection.query(
            """
            WITH RECURSIVE up AS (
                SELECT id, merged_into, 1 AS depth FROM customer
                WHERE id IN (\(order.customerId), (SELECT (state->>'customerId')::uuid FROM work_order WHERE id = \(other)))
                UNION ALL
                SELECT c.id, c.merged_into, up.depth + 1 FROM customer AS c JOIN up ON c.id = up.merged_into
                WHERE up.depth < \(deepest)
            )
            SELECT count(DISTINCT id) AS customers FROM up WHERE merged_into IS NULL
            """)
        return try rows.first?.get("customers", as: Int.self) == 1
    }
}
