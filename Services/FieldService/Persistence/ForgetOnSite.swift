import Foundation
import Postgres
import ServiceKit

/// Forgets what field service keeps of a customer's orders: the problem, engineers' notes, where they checked in. Service reports
/// are documents that have to be kept: their content never changes, and who signed is a part of them.
enum ForgetOnSite {
    static func forget(_ part: ForgottenPart, _ session: inout WorkSession) async throws {
        let orders = part.workOrderIds
        let rows = try await session.connection.query(
            """
            SELECT 'visit' AS kind, id FROM visit WHERE work_order_id = ANY(\(orders))
            UNION ALL SELECT 'report', id FROM service_report WHERE work_order_id = ANY(\(orders))
            """)
        var ids: [String: [UUID]] = [:]
        for row in rows { ids[try row.get("kind"), default: []].append(try row.get("id")) }
        let (visits, reports) = (ids["visit"] ?? [], ids["report"] ?? [])
        var keys = Keys()
        keys.need(OrderBrief.self, orders)
        keys.need(Visit.self, visits)
        keys.need(ServiceReport.self, reports)
        try await session.load(keys)
        try session.decide(story: nil) { turn in
            for id in orders { turn.forget(OrderBrief.self, id) { $0.problem = "" } }
            for id in visits { turn.forget(Visit.self, id) { $0.forget() } }
            for id in reports { turn.forget(ServiceReport.self, id) { $0.forgetObjection() } }
        }
    }
}
