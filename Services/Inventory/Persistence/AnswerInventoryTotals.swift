import DomainContracts
import Postgres
import ServiceKit

/// The lines of the reconciliation: what the stock ledger says, beside what the shelves say. One statement, so that
/// both are of one moment.
struct AnswerInventoryTotals: QueryHandler {
    let policy: InventoryPolicy

    func answer(_ query: InventoryTotalsQuery, on connection: PostgresConnection) async throws -> InventoryTotals {
        let rows = try await connection.query(
            """
            SELECT moved.*, held.*, worth.*, doubled.*, states.*
            FROM (
                SELECT coalesce(sum(quantity) FILTER (WHERE cause = 'received'), 0)::bigint AS received,
                    coalesce(sum(quantity) FILTER (WHERE cause = 'adjusted'), 0)::bigint AS adjusted,
                    coalesce(-sum(quantity) FILTER (WHERE cause = 'consumed'), 0)::bigint AS consumed,
                    coalesce(-sum(quantity) FILTER (WHERE cause = 'scrapped'), 0)::bigint AS scrapped,
                    coalesce(sum(value) FILTER (WHERE cause = 'received'), 0)::bigint AS received_value,
                    coalesce(sum(value) FILTER (WHERE cause = 'adjusted'), 0)::bigint AS adjusted_value,
                    coalesce(-sum(value) FILTER (WHERE cause = 'consumed'), 0)::bigint AS consumed_value,
                    coalesce(-sum(value) FILTER (WHERE cause = 'scrapped'), 0)::bigint AS scrapped_value
                FROM stock_movement
            ) moved, (
                SELECT coalesce(sum(on_hand), 0)::bigint AS on_hand, coalesce(sum(reserved), 0)::bigint AS reserved
                FROM stock
            ) held, (
                SELECT coalesce(sum(value), 0)::bigint AS on_hand_value FROM part
            ) worth, (
                SELECT count(*)::bigint AS doubled FROM (
                    SELECT FROM stock_movement GROUP BY cause, cause_id, part_code, location_code HAVING count(*) > 1
                ) twice
            ) doubled, (
                SELECT coalesce(array_agg(status ORDER BY status), '{}')::text[] AS statuses,
                    coalesce(array_agg(number ORDER BY status), '{}')::bigint[] AS numbers
                FROM (SELECT status, count(*) AS number FROM part_request GROUP BY status) counted
            ) states
            """)
        guard let row = rows.first else { throw NoTotals() }
        func money(_ column: String) throws -> Money { Money(try row.get(column), policy.currency) }
        return InventoryTotals(
            received: try row.get("received"), adjusted: try row.get("adjusted"), onHand: try row.get("on_hand"),
            consumed: try row.get("consumed"), scrapped: try row.get("scrapped"), reserved: try row.get("reserved"),
            receivedValue: try money("received_value"), adjustedValue: try money("adjusted_value"),
            onHandValue: try money("on_hand_value"), consumedValue: try money("consumed_value"),
            scrappedValue: try money("scrapped_value"),
            requestsByStatus: Dictionary(
                zip(try row.get("statuses", as: [String].self), try row.get("numbers", as: [Int].self)),
                uniquingKeysWith: +),
            doubledMovements: try row.get("doubled"))
    }

    /// A SELECT over one-row subqueries came back empty: impossible, and so no answer.
    private struct NoTotals: Error {}
}
