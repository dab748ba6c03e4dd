import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Empties the read models; the worker reads every service's past from its beginning.
struct BeginAgain: DirectCommandHandler {
    func carryOut(_ command: RebuildReadModels, on connection: PostgresConnection) async throws -> Acknowledgement {
        // First the rows that the worker locks, then the tables in the order in which batches write them.
        _ = try await connection.query(
            "UPDATE read_model_source SET position = 0, is_whole = false RETURNING service")
        _ = try await connection.query(
            """
            TRUNCATE contact_view, contract_view, customer_view, device_view, engineer_view, order_view, site_view, story_line
            """)
        // Whoever is forgotten is so in what is read anew.
        _ = try await connection.query(
            """
            UPDATE heard_erasure SET version = version + 1,
                state = state - 'messagePosition' || '{"stage": "states", "statesDone": 0, "logPosition": 0}'
            RETURNING id
            """)
        return Acknowledgement(subject: "read-models", version: 1, status: "reading")
    }
}
