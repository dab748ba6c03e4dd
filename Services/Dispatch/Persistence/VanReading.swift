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
        let vans = try await onHand(needs.flatMap { $0.parts.map(\.partCode) }, connection)
        return Dictionary(uniqueKeysWithValues: needs.map { ($0.id, PartsInVans($0.parts, in: vans)) })
    }

    /// By engineer, pieces of some parts in his van, by part code; of those who have any.
    ///
    /// - Parameter engineers: nil for all.
    static func onHand(
        _ partCodes: [String], of engineers: [UUID]? = nil, _ connection: PostgresConnection
    ) async throws -> [UUID: [String: Int]] {
        guard !partCodes.isEmpty else { return [:] }
        let rows = try await connection.query(
            """
            SELECT engineer_id, part_code, on_hand FROM van_part
            WHERE part_code = ANY(\(partCodes)) AND on_hand > 0
                AND (\(engineers)::uuid[] IS NULL OR engineer_id = ANY(\(engineers)))
            """)
        return try rows.reduce(into: [:]) { vans, row in
            let part = try row.get("part_code", as: String.self)
            vans[try row.get("engineer_id"), default: [:]][part] = try row.get("on_hand", as: Int.self)
        }
    }
}
