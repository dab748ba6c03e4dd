import Dispatching
import DomainContracts
import Foundation
import Postgres

/// What jobs take, and who has it in his van.
enum VanReading {
    /// By job; only those that take parts.
    static func parts(
        for jobs: [(id: UUID, job: Job)], _ connection: PostgresConnection
    ) async throws -> [UUID: PartsInVans] {
        let needs = jobs.compactMap { id, job in job.need?.parts.map { (id: id, parts: $0) } }
        guard !needs.isEmpty else { return [:] }
        let rows = try await connection.query(
            """
            SELECT engineer_id, part_code, on_hand FROM van_part
            WHERE part_code = ANY(\(needs.flatMap { $0.parts.map(\.partCode) })) AND on_hand > 0
            """)
        var vans: [UUID: [String: Int]] = [:]
        for row in rows {
            vans[try row.get("engineer_id"), default: [:]][try row.get("part_code")] = try row.get(
                "on_hand", as: Int.self)
        }
        return Dictionary(uniqueKeysWithValues: needs.map { ($0.id, PartsInVans($0.parts, in: vans)) })
    }
}
