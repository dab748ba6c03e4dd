import DomainContracts
import Foundation
import Postgres

/// A customer, and those who were merged into him.
struct CustomerGroup: Sendable {
    let customer: CustomerChanged
    /// All of them, he himself too.
    let ids: [UUID]
    let numbers: [String]

    /// More merges in a row than anybody makes; it also ends a circle.
    private static let deepest = 50

    /// Some customer, and all who were merged into him, as `id`s.
    static func members(of customer: UUID) -> SQL {
        """
        WITH RECURSIVE members AS (
            SELECT \(customer)::uuid AS id, 1 AS depth
            UNION ALL
            SELECT c.id, members.depth + 1 FROM customer_view AS c JOIN members ON c.merged_into = members.id
            WHERE members.depth < \(deepest)
        )
        SELECT DISTINCT id FROM members
        """
    }

    /// The group of whoever stands for a customer; nil for a stranger.
    ///
    /// - Parameter climbing: false for the customer himself and those who were merged into him, whoever stands for him now.
    static func find(
        id: UUID?, number: String?, climbing: Bool = true, on connection: PostgresConnection
    ) async throws -> CustomerGroup? {
        let highest = climbing ? deepest : 1
        let rows = try await connection.query(
            """
            WITH RECURSIVE up AS (
                (SELECT id, merged_into, 1 AS depth FROM customer_view
                WHERE id = \(id) OR (\(id)::uuid IS NULL AND customer_number = \(number))
                ORDER BY state #>> '{told,erasedAt}' NULLS FIRST, merged_into NULLS FIRST, id LIMIT 1)
                UNION ALL
                SELECT c.id, c.merged_into, up.depth + 1 FROM customer_view AS c JOIN up ON c.id = up.merged_into
                WHERE up.depth < \(highest)
            ), members AS (
                (SELECT id, 1 AS depth FROM up ORDER BY up.depth DESC LIMIT 1)
                UNION ALL
                SELECT c.id, members.depth + 1 FROM customer_view AS c JOIN members ON c.merged_into = members.id
                WHERE members.depth < \(deepest)
            )
            SELECT c.id, c.customer_number, c.state FROM members JOIN customer_view AS c ON c.id = members.id
            ORDER BY members.depth, c.id
            """)
        guard let first = rows.first else { return nil }
        let decoder = WireJSON.decoder()
        return CustomerGroup(
            customer: try first.get("state", as: JSONB.self).decode(Newest<CustomerChanged>.self, decoder: decoder)
                .told,
            ids: try rows.map { try $0.get("id") },
            numbers: try rows.compactMap { try $0.get("customer_number", as: String?.self) })
    }
}
