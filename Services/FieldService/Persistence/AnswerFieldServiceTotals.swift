import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Counts over every visit, in one statement so that they belong together.
struct AnswerFieldServiceTotals: QueryHandler {
    func answer(
        _ query: FieldServiceTotalsQuery, on connection: PostgresConnection
    ) async throws -> FieldServiceTotals {
        let rows = try await connection.query(
            """
            SELECT status, end_reason, count(*)::bigint AS visits,
                   coalesce(sum(work_minutes), 0)::bigint AS work_minutes,
                   coalesce(sum(travel_minutes), 0)::bigint AS travel_minutes,
                   count(*) FILTER (WHERE arrived_on_time IS NOT NULL)::bigint AS arrived,
                   count(*) FILTER (WHERE arrived_on_time)::bigint AS arrived_on_time,
                   (SELECT count(*) FROM service_report)::bigint AS reports
            FROM visit GROUP BY status, end_reason
            """)
        var totals = FieldServiceTotals(
            reports: try rows.first.map { try $0.get("reports", as: Int.self) } ?? 0, workMinutes: 0,
            travelMinutes: 0, arrivedOnTime: 0, arrived: 0)
        for row in rows {
            let visits = try row.get("visits", as: Int.self)
            totals.visitsByStatus[try row.get("status", as: String.self), default: 0] += visits
            if let reason = try row.get("end_reason", as: String?.self) {
                totals.visitsByEndReason[reason, default: 0] += visits
            }
            totals.workMinutes += try row.get("work_minutes", as: Int.self)
            totals.travelMinutes += try row.get("travel_minutes", as: Int.self)
            totals.arrived += try row.get("arrived", as: Int.self)
            totals.arrivedOnTime += try row.get("arrived_on_time", as: Int.self)
        }
        return totals
    }
}
