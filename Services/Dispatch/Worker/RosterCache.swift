import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Keeps the compiled roster until an engineer changes, so that a step with one job does not read all engineers.
actor RosterCache {
    private var kept: Roster?

    func roster(stamp: Int, _ connection: PostgresConnection) async throws -> Roster {
        if let kept, kept.stamp == stamp { return kept }
        let rows = try await connection.query("SELECT id, state FROM engineer")
        let decoder = WireJSON.decoder()
        let engineers = try rows.map { row in
            (
                id: try row.get("id", as: UUID.self),
                engineer: try row.get("state", as: JSONB.self).decode(Engineer.self, decoder: decoder)
            )
        }
        let roster = Roster(engineers, stamp: stamp)
        kept = roster
        return roster
    }
}
