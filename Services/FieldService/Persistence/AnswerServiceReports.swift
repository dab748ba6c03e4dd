import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// What a customer is asked to confirm, and what he said, word for word.
struct AnswerServiceReports: QueryHandler {
    /// No order has so many visits.
    private static let most = 100

    func answer(_ query: ServiceReportsQuery, on connection: PostgresConnection) async throws -> ServiceReportsAnswer {
        let rows = try await connection.query(
            """
            SELECT id, state FROM service_report WHERE work_order_id = \(query.workOrderId)
            ORDER BY id = (SELECT (state->'awaiting'->>'reportId')::uuid FROM order_brief WHERE id = \(query.workOrderId))
                DESC NULLS LAST, state->'content'->>'madeAt' DESC
            LIMIT \(Self.most)
            """)
        let decoder = WireJSON.decoder()
        return ServiceReportsAnswer(
            reports: try rows.map { row in
                let report = try row.get("state", as: JSONB.self).decode(ServiceReport.self, decoder: decoder)
                return report.view(try row.get("id"))
            })
    }
}
