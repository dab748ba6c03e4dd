import Dispatching
import Foundation
import Postgres
import ServiceKit

/// Forgets what dispatch keeps of a customer and his orders: whom he wanted to come, the problem, where it was, engineers' words,
/// who was there last. Who went when, and why that one, stays.
enum ForgetPlaces {
    static func forget(_ part: ForgottenPart, _ session: inout WorkSession) async throws {
        let orders = part.workOrderIds
        let rows = try await session.connection.query(
            """
            SELECT 'assignment' AS kind, id FROM assignment WHERE work_order_id = ANY(\(orders))
            UNION ALL SELECT 'booking', b.id FROM booking AS b JOIN assignment AS a ON a.id = b.assignment_id
            WHERE a.work_order_id = ANY(\(orders))
            UNION ALL SELECT DISTINCT 'calendar', b.engineer_id
            FROM booking AS b JOIN assignment AS a ON a.id = b.assignment_id WHERE a.work_order_id = ANY(\(orders))
            """)
        var ids: [String: [UUID]] = [:]
        for row in rows { ids[try row.get("kind"), default: []].append(try row.get("id")) }
        let (assignments, bookings) = (ids["assignment"] ?? [], ids["booking"] ?? [])
        let calendars = ids["calendar"] ?? []
        var keys = Keys()
        keys.need(Job.self, orders)
        keys.need(Assignment.self, assignments)
        keys.need(Booking.self, bookings)
        keys.need(EngineerCalendar.self, calendars)
        let customers = part.isFirst ? part.customerIds : []
        keys.need(CustomerEngineers.self, customers)
        try await session.load(keys)
        try await forgetWhoWasThere(customers, orders, on: session.connection)
        let his = Set(orders)
        try session.decide(story: nil) { turn in
            // Also of whom nothing was said: nothing is to be said of him any more.
            for id in customers where turn.get(CustomerEngineers.self, id) != CustomerEngineers.erased {
                turn.set(CustomerEngineers.erased, id)
                turn.note("erased", about: CustomerEngineers.self, id)
            }
            for id in orders {
                turn.forget(Job.self, id) { ($0.problem, $0.location) = ("", nil) }
            }
            for id in assignments { turn.forget(Assignment.self, id) { $0.declineNote = nil } }
            for id in bookings { turn.forget(Booking.self, id) { $0.place = Place(region: $0.place.region) } }
            for id in calendars { turn.forget(EngineerCalendar.self, id) { $0.forgetPlaces(of: his) } }
        }
    }

    /// Of a device, unless somebody was there for another customer since.
    private static func forgetWhoWasThere(
        _ customers: [UUID], _ orders: [UUID], on connection: PostgresConnection
    ) async throws {
        _ = try await connection.pipeline([
            "DELETE FROM last_visit WHERE id = ANY(\(customers))",
            """
            DELETE FROM last_visit USING job
            WHERE job.id = ANY(\(orders)) AND last_visit.id = (job.state->'origin'->>'deviceId')::uuid
                AND (last_visit.state->>'workOrderId')::uuid = job.id
            """,
        ])
    }
}
