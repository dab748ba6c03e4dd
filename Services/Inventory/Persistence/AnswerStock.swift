import DomainContracts
import Postgres
import ServiceKit

/// Stock by part and place. A part's value is split over its places by running totals, so that the lines of a part
/// always add up to the part's value.
struct AnswerStock: QueryHandler {
    let policy: InventoryPolicy

    func answer(_ query: StockQuery, on connection: PostgresConnection) async throws -> StockAnswer {
        // Codes are never empty: an empty one asks for all.
        let part = query.partCode ?? ""
        let location = query.locationCode ?? ""
        let rows = try await connection.query(
            """
            SELECT part_code, location_code, on_hand, reserved, (upto - coalesce(before, 0))::bigint AS value FROM (
                SELECT part_code, location_code, on_hand, reserved, upto,
                    lag(upto) OVER (PARTITION BY part_code ORDER BY location_code) AS before
                FROM (
                    SELECT s.part_code, s.location_code, s.on_hand, s.reserved,
                        CASE WHEN p.quantity > 0 THEN round(p.value::numeric
                            * sum(s.on_hand) OVER (PARTITION BY s.part_code ORDER BY s.location_code) / p.quantity)
                        ELSE 0 END AS upto
                    FROM stock s JOIN part p ON p.code = s.part_code
                    WHERE (\(part) = '' OR s.part_code = \(part))
                ) running
            ) lines
            WHERE (\(location) = '' OR location_code = \(location))
            ORDER BY part_code, location_code
            LIMIT 10000
            """)
        return StockAnswer(
            items: try rows.map { row in
                StockLine(
                    partCode: try row.get("part_code"), locationCode: try row.get("location_code"),
                    onHand: try row.get("on_hand"), reserved: try row.get("reserved"),
                    value: Money(try row.get("value"), policy.currency))
            })
    }
}
