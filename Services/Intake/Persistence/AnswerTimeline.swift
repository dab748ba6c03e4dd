import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Explains a work order's clocks, by id or number.
struct AnswerTimeline: QueryHandler {
    let clock: DomainClock

    func answer(_ query: SLATimelineQuery, on connection: PostgresConnection) async throws -> SLATimeline {
        let rows = try await connection.query(
            """
            SELECT state FROM work_order
            WHERE id = \(query.workOrderId) OR number = \(query.workOrderNumber)
            LIMIT 1
            """)
        guard let row = rows.first else { return SLATimeline(found: false) }
        let order = try row.get("state", as: JSONB.self).decode(WorkOrder.self, decoder: WireJSON.decoder())
        return order.timeline(at: clock.now(), try await CalendarReading.calendars(of: order, connection))
    }
}
