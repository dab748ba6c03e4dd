import DomainContracts
import Foundation
import Postgres

extension CustomerTotals {
    /// Sums over the orders of customers, as four statements for one round trip.
    static func statements(of customers: [UUID]) -> [SQL] {
        [
            """
            SELECT count(*) AS orders,
                count(*) FILTER (WHERE coalesce(state #>> '{standing,value,status}', '')
                    NOT IN ('closed', 'cancelled', 'merged')) AS open,
                count(*) FILTER (WHERE state #>> '{origin,value,reworkOf}' IS NOT NULL) AS rework,
                coalesce(sum((SELECT count(*) FROM jsonb_each(state->'visits') AS v WHERE v.value ? 'status')), 0)::bigint
                    AS visits,
                min(received_at) AS first, max(received_at) AS last
            FROM order_view WHERE customer_id = ANY(\(customers)) AND NOT state ? 'past'
            """,
            """
            SELECT settled->'total'->>'currency' AS currency, sum((settled->'total'->>'amount')::bigint)::bigint AS total,
                sum((settled->'paid'->>'amount')::bigint)::bigint AS paid,
                sum((settled->'balance'->>'amount')::bigint)::bigint AS balance
            FROM (SELECT state #> '{settlement,value}' AS settled FROM order_view WHERE customer_id = ANY(\(customers))) AS o
            WHERE settled IS NOT NULL GROUP BY 1 ORDER BY 1
            """,
            """
            SELECT count(*) AS answered, coalesce(sum((s.value->>'satisfaction')::int), 0)::bigint AS stars
            FROM order_view, jsonb_each(state->'surveys') AS s WHERE customer_id = ANY(\(customers))
            """,
            """
            SELECT (SELECT count(*) FROM site_view WHERE customer_id = ANY(\(customers))) AS sites,
                (SELECT count(*) FROM device_view
                WHERE customer_id = ANY(\(customers)) AND state #>> '{told,mergedInto}' IS NULL) AS devices
            """,
        ]
    }

    /// - Parameter answers: of `statements`, in their order.
    init?(_ answers: [[PostgresRow]]) throws {
        guard answers.count == 4, let orders = answers[0].first, let survey = answers[2].first,
            let owned = answers[3].first
        else { return nil }
        let answered: Int = try survey.get("answered")
        let stars: Int = try survey.get("stars")
        func money(_ column: String) throws -> [Money] {
            try answers[1].map { Money(try $0.get(column), try $0.get("currency")) }
        }
        self.init(
            workOrders: try orders.get("orders"), openWorkOrders: try orders.get("open"),
            reworkOrders: try orders.get("rework"), visits: try orders.get("visits"), sites: try owned.get("sites"),
            devices: try owned.get("devices"), charged: try money("total"), paid: try money("paid"),
            balance: try money("balance"), surveys: answered,
            satisfactionHundredths: answered > 0 ? divideHalfEven(stars * 100, by: answered) : nil,
            firstReceivedAt: try orders.get("first", as: String?.self).flatMap(RFC3339.parse),
            lastReceivedAt: try orders.get("last", as: String?.self).flatMap(RFC3339.parse))
    }
}
