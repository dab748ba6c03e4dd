import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// How whole the read models are.
struct ShowReadModels: QueryHandler {
    func answer(_ query: ReadModelsQuery, on connection: PostgresConnection) async throws -> ReadModelsAnswer {
        let answers = try await connection.pipeline([
            "SELECT service, position, is_whole FROM read_model_source ORDER BY service",
            """
            SELECT (SELECT count(*) FROM customer_view) AS customers, (SELECT count(*) FROM device_view) AS devices,
                (SELECT count(*) FROM order_view WHERE NOT (state ? 'isForgotten' AND customer_id IS NULL)) AS orders, (SELECT count(*) FROM story_line) AS lines
            """,
        ])
        let sources = try answers[0].map { row in
            ReadModelSource(
                service: try row.get("service"), position: try row.get("position"), isWhole: try row.get("is_whole"))
        }
        let counts = answers[1].first
        return ReadModelsAnswer(
            isWhole: sources.allSatisfy(\.isWhole), sources: sources,
            customers: try counts?.get("customers") ?? 0, devices: try counts?.get("devices") ?? 0,
            workOrders: try counts?.get("orders") ?? 0, lines: try counts?.get("lines") ?? 0)
    }
}
