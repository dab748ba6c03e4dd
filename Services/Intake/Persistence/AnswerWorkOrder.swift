import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Shows one work order as intake holds it, by id or number.
struct AnswerWorkOrder: QueryHandler {
    let clock: DomainClock

    func answer(_ query: WorkOrderQuery, on connection: PostgresConnection) async throws -> WorkOrderAnswer {
        let rows = try await connection.query(
            """
            SELECT version, state FROM work_order
            WHERE id = \(query.workOrderId) OR number = \(query.workOrderNumber)
            LIMIT 1
            """)
        guard let row = rows.first else { return WorkOrderAnswer(found: false) }
        let order = try row.get("state", as: JSONB.self).decode(WorkOrder.self, decoder: WireJSON.decoder())
        let calendars = try await CalendarReading.calendars(of: order, connection)
        var answer = order.answer(version: try row.get("version", as: Int.self), at: clock.now(), calendars)
        answer.probableDuplicateRequests = try await ShowRequestDuplicates.requests(naming: order.id, connection)
        return answer
    }
}

extension WorkOrder {
    func answer(version: Int, at now: Date, _ calendars: Calendars) -> WorkOrderAnswer {
        WorkOrderAnswer(
            found: true, workOrderId: id, workOrderNumber: number, requestId: requestId, status: status.wire,
            outcome: outcome, closureCode: closureCode, responsible: status.responsible, priority: brief.priority,
            entitlement: entitlement, clocks: clocks.map { $0.state(at: now, calendars) },
            visits: figures(at: now, calendars).visits,
            version: version, reworkOf: reworkOf, mergedInto: facts.merge?.into, probableDuplicates: duplicates ?? [],
            unmergedFrom: unmergedFrom, unmergedAs: unmergedAs)
    }
}
