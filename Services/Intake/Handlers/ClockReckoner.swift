import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Brings the clocks of open work orders up to the calendars and service levels in force, a hundred orders at a time.
/// What was opened by a copy that had not heard of them yet is found by the next poll.
struct ClockReckoner: Worker {
    let name = "clock-reckoner"
    let watched: Set<String> = [SLABook.table]
    private static let batch = 100

    func step(_ session: inout WorkSession) async throws -> Bool {
        let book = try await CalendarReading.book(session.connection)
        let rows = try await session.connection.query(
            """
            SELECT id, state FROM work_order
            WHERE reckoned_by < \(book.mark) AND status NOT IN ('closed', 'cancelled', 'merged')
            ORDER BY reckoned_by, id LIMIT \(Self.batch) FOR UPDATE SKIP LOCKED
            """)
        guard !rows.isEmpty else { return false }
        let decoder = WireJSON.decoder()
        var keys = Keys()
        var ids: [UUID] = []
        for row in rows {
            let order = try row.get("state", as: JSONB.self).decode(WorkOrder.self, decoder: decoder)
            ids.append(order.id)
            keys.needWorkOrder(order.id)
            for ref in order.calendarRefs { keys.look(at: CalendarVersion.self, IntakeID.calendar(ref)) }
        }
        try await session.load(keys)
        for id in ids { try session.decide(story: id) { $0.reckonClocks(of: id) } }
        return true
    }
}

extension Turn {
    /// Reckons an order's clocks by what is in force now, tells what came of it, and sets its timer.
    mutating func reckonClocks(of id: UUID) {
        guard let before = get(WorkOrder.self, id) else { return }
        var order = before
        let calendars = self.calendars(of: order)
        let isNews = order.reckon(by: slaBook(), now: now, calendars)
        set(order, id)
        if isNews {
            emit(
                SLAClocksChanged(
                    workOrderId: id, workOrderNumber: order.number, policyVersion: order.terms.policyVersion,
                    clocks: order.clocks.map { $0.state(at: now, calendars) }, changedAt: now),
                about: WorkOrder.self, id, story: id)
        } else {
            note("clocks-reckoned", about: WorkOrder.self, id)
        }
        keepTimers(of: order, before: before)
    }
}
