import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Every assignment of a work order, oldest first, with why.
struct ListAssignments: QueryHandler {
    func answer(_ query: AssignmentsQuery, on connection: PostgresConnection) async throws -> AssignmentsAnswer {
        let rows = try await connection.query(
            """
            SELECT id, version, state FROM assignment WHERE work_order_id = \(query.workOrderId)
            ORDER BY offered_at, id LIMIT 1000
            """)
        let decoder = WireJSON.decoder()
        return AssignmentsAnswer(
            assignments: try rows.map { row in
                let assignment = try row.get("state", as: JSONB.self).decode(Assignment.self, decoder: decoder)
                return assignment.view(try row.get("id", as: UUID.self), version: try row.get("version"))
            })
    }
}

extension Assignment {
    func view(_ id: UUID, version: Int) -> AssignmentView {
        AssignmentView(
            assignmentId: id, engineerId: engineerId, round: round, status: status.wire,
            window: window ?? proposedWindow, planned: planned, offeredAt: offeredAt, explanation: explanation,
            helperIds: helperIds, pinned: isPinned, version: version)
    }
}

/// Dispatch's lines of the reconciliation, counted from the rows.
struct CountTotals: QueryHandler {
    func answer(_ query: DispatchTotalsQuery, on connection: PostgresConnection) async throws -> DispatchTotals {
        let answers = try await connection.pipeline([
            "SELECT status, count(*) AS n FROM job GROUP BY status",
            "SELECT status, count(*) AS n FROM assignment GROUP BY status",
            """
            SELECT
                (SELECT count(*) FROM booking AS a JOIN booking AS b
                    ON b.engineer_id = a.engineer_id AND b.during && a.during AND b.id > a.id
                    WHERE a.live AND b.live) AS double_bookings,
                (SELECT coalesce(sum(travel_minutes), 0)::bigint FROM assignment
                    WHERE status IN ('accepted', 'fulfilled', 'no_show')) AS travel_minutes,
                (SELECT count(*) FROM engineer) AS engineers
            """,
            """
            SELECT count(*) AS plans, coalesce(sum(handed_over), 0)::bigint AS handed_over,
                coalesce(sum(moved), 0)::bigint AS moved,
                (coalesce(sum(travel_before - travel_after), 0) / 60)::bigint AS saved_minutes
            FROM day_plan
            """,
        ])
        guard answers.count == 4, let plans = answers[3].first, let figures = answers[2].first else {
            throw NoFigures()
        }
        return DispatchTotals(
            jobsByStatus: try counts(answers[0]), assignmentsByStatus: try counts(answers[1]),
            doubleBookings: try figures.get("double_bookings"), travelMinutes: try figures.get("travel_minutes"),
            engineers: try figures.get("engineers"),
            dayPlans: DayPlanTotals(
                plans: try plans.get("plans"), handedOver: try plans.get("handed_over"),
                moved: try plans.get("moved"), savedMinutes: try plans.get("saved_minutes")))
    }

    private func counts(_ rows: [PostgresRow]) throws -> [String: Int] {
        try rows.reduce(into: [:]) { counts, row in
            counts[try row.get("status", as: String.self)] = try row.get("n", as: Int.self)
        }
    }

    private struct NoFigures: Error {}
}
