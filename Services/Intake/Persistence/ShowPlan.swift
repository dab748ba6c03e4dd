import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Shows one maintenance plan: what comes, and what came of what was due.
struct ShowPlan: QueryHandler {
    let clock: DomainClock

    static let mostOccurrences = 200
    static let comingVisits = 12

    func answer(
        _ query: MaintenancePlanQuery, on connection: PostgresConnection
    ) async throws -> MaintenancePlanAnswer {
        let id = IntakeID.maintenancePlan(query.planNumber.trimmed)
        let decoder = WireJSON.decoder()
        guard let row = try await connection.query("SELECT state FROM maintenance_plan WHERE id = \(id)").first else {
            return MaintenancePlanAnswer(found: false)
        }
        let plan = try row.get("state", as: JSONB.self).decode(MaintenancePlan.self, decoder: decoder)
        let rows = try await connection.query(
            """
            SELECT state FROM maintenance_occurrence WHERE plan_id = \(id)
            ORDER BY due_on DESC, device_id LIMIT \(Self.mostOccurrences)
            """)
        return MaintenancePlanAnswer(
            found: true, state: plan.state(), plan: plan.terms, coming: try await coming(plan, connection),
            occurrences: try rows.map { row in
                try row.get("state", as: JSONB.self).decode(MaintenanceOccurrence.self, decoder: decoder).state()
            })
    }

    private func coming(_ plan: MaintenancePlan, _ connection: PostgresConnection) async throws -> [PlannedVisitDay] {
        let calendars = try await CalendarReading.book(connection).calendars
        guard plan.status == .active, let version = calendars[plan.calendarName],
            let calendar = CompiledCalendars.shared.calendar(version.rules)
        else { return [] }
        var contract: ContractProjection?
        if let id = plan.contractId {
            let rows = try await connection.query("SELECT state FROM contract WHERE id = \(id)")
            contract = try rows.first?.get("state", as: JSONB.self).decode(
                ContractProjection.self, decoder: WireJSON.decoder())
        }
        guard let days = DueDays(plan.terms.schedule, calendar: calendar)?.within(contract) else { return [] }
        let from = max(plan.visitFromDay, calendar.day(of: clock.now()))
        return days.next(Self.comingVisits, after: plan.decidedDay, visitFrom: from).map {
            PlannedVisitDay(dueOn: $0.dueOn.text, visitOn: $0.visitOn.text)
        }
    }
}
