import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Counts everything intake ever took: its lines of the reconciliation.
struct AnswerTotals: QueryHandler {
    func answer(_ query: IntakeTotalsQuery, on connection: PostgresConnection) async throws -> IntakeTotals {
        let requests = try await counts(
            "SELECT status AS name, count(*) AS n FROM service_request GROUP BY status", connection)
        let orders = try await counts(
            "SELECT status AS name, count(*) AS n FROM work_order GROUP BY status", connection)
        let outcomes = try await counts(
            "SELECT outcome AS name, count(*) AS n FROM work_order WHERE outcome IS NOT NULL GROUP BY outcome",
            connection)
        let single = try await counts(
            """
            SELECT 'rejected' AS name, count(*) AS n FROM report_rejection
            UNION ALL SELECT 'rework', count(*) FROM work_order WHERE rework_of IS NOT NULL
            UNION ALL SELECT 'doubled', count(*) FROM (
                SELECT request_id FROM work_order WHERE rework_of IS NULL AND unmerged_from IS NULL GROUP BY request_id HAVING count(*) > 1) AS twice
            """, connection)
        return IntakeTotals(
            requests: requests.values.reduce(0, +), requestsByStatus: requests, rejected: single["rejected"] ?? 0,
            workOrders: orders.values.reduce(0, +), workOrdersByStatus: orders, workOrdersByOutcome: outcomes,
            reworkOrders: single["rework"] ?? 0, doubledRequests: single["doubled"] ?? 0,
            clocksMet: try await clocks(.met, connection), clocksBreached: try await clocks(.breached, connection),
            promises: try await PromiseCounting(connection: connection).totals())
    }

    private func clocks(_ status: ClockStatus, _ connection: PostgresConnection) async throws -> [String: Int] {
        try await counts(
            """
            SELECT kind AS name, count(*) AS n FROM work_order
            CROSS JOIN LATERAL (VALUES
                ('response', clock_response), ('acceptance', clock_acceptance), ('arrival', clock_arrival),
                ('resolution', clock_resolution)) AS clock (kind, status)
            WHERE clock.status = \(status.rawValue) AND work_order.status <> 'merged'
            GROUP BY kind
            """, connection)
    }

    private func counts(_ sql: SQL, _ connection: PostgresConnection) async throws -> [String: Int] {
        try await connection.counts(sql)
    }
}

extension PostgresConnection {
    /// Rows of a `name` and how many there are of it, `n`.
    func counts(_ sql: SQL) async throws -> [String: Int] {
        var result: [String: Int] = [:]
        for row in try await query(sql) {
            result[try row.get("name", as: String.self)] = try row.get("n", as: Int.self)
        }
        return result
    }
}
