import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Billing's lines of the reconciliation; one statement, so that all are of one moment. The payment track is read from
/// the same figures from which `OrderAccount.paymentStatus` reads it.
struct AnswerBillingTotals: QueryHandler {
    let policy: BillingPolicy

    func answer(_ query: BillingTotalsQuery, on connection: PostgresConnection) async throws -> BillingTotals {
        let rows = try await connection.query(
            """
            SELECT 'charge' AS what, status AS key, count(*)::bigint AS number FROM charge GROUP BY status
            UNION ALL
            SELECT 'payment', payment, count(*)::bigint FROM (
                SELECT CASE WHEN refunded > 0 AND paid = 0
                        AND (status = 'void' OR status = 'final' AND total = credited) THEN 'refunded'
                    WHEN status = 'final' AND paid >= total - credited THEN 'paid'
                    WHEN status = 'final' AND paid > 0 THEN 'partial'
                    WHEN status <> 'final' AND paid > 0 THEN 'deposit'
                    ELSE 'unpaid' END AS payment
                FROM charge
            ) tracks GROUP BY payment
            UNION ALL SELECT 'sum', 'charged', coalesce(sum(total - credited), 0)::bigint FROM charge
            UNION ALL SELECT 'sum', 'paid', coalesce(sum(paid), 0)::bigint FROM charge
            UNION ALL SELECT 'sum', 'cost', coalesce(sum(cost), 0)::bigint FROM charge
            UNION ALL SELECT 'cash', id::text, in_hand FROM cash_in_hand
            UNION ALL
            SELECT 'sum', 'doubled', count(*)::bigint FROM (
                SELECT FROM ledger_entry WHERE kind = 'charge' GROUP BY work_order_id HAVING count(*) > 1
            ) twice
            """)
        var figures: [String: [String: Int]] = [:]
        for row in rows {
            figures[try row.get("what"), default: [:]][try row.get("key")] = try row.get("number", as: Int.self)
        }
        func money(_ name: String) -> Money { Money(figures["sum"]?[name] ?? 0, policy.currency) }
        return BillingTotals(
            ordersByCharge: figures["charge"] ?? [:], ordersByPayment: figures["payment"] ?? [:],
            charged: money("charged"), paid: money("paid"), cost: money("cost"),
            cashInHand: (figures["cash"] ?? [:]).mapValues { Money($0, policy.currency) },
            doubledCharges: figures["sum"]?["doubled"] ?? 0)
    }
}
