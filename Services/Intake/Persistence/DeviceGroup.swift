import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// A device: the record that stands for it, and those that were merged into that one.
struct DeviceGroup: Sendable {
    /// The one that stands for all first.
    let records: [Device]
    /// Of the one that stands for all; nil where there is none.
    let version: Int?

    var survivor: Device? { records.first }
    var ids: [UUID] { records.map(\.id) }

    /// More merges in a row than anybody makes.
    private static let deepest = 50

    /// Without records where no device has one of these ids.
    static func find(_ ids: [UUID], on connection: PostgresConnection) async throws -> DeviceGroup {
        let rows = try await connection.query(
            """
            WITH RECURSIVE up AS (
                (SELECT id, state, 1 AS depth FROM device WHERE id = ANY(\(ids)) LIMIT 1)
                UNION ALL
                SELECT d.id, d.state, up.depth + 1 FROM device AS d JOIN up ON d.id = (up.state->>'mergedInto')::uuid
                WHERE up.depth < \(deepest)
            ), members AS (
                (SELECT id, state, 1 AS depth FROM up ORDER BY up.depth DESC LIMIT 1)
                UNION ALL
                SELECT d.id, d.state, members.depth + 1
                FROM members CROSS JOIN LATERAL jsonb_array_elements_text(members.state->'mergedDeviceIds') AS merged(id)
                    JOIN device AS d ON d.id = merged.id::uuid
                WHERE members.depth < \(deepest)
            )
            SELECT members.state, device.version FROM members JOIN device USING (id) ORDER BY members.depth, id
            """)
        let decoder = WireJSON.decoder()
        return DeviceGroup(
            records: try rows.map { try $0.get("state", as: JSONB.self).decode(Device.self, decoder: decoder) },
            version: try rows.first?.get("version"))
    }

    /// Which record stands for each of these devices; those that stand for themselves are left out.
    static func survivors(of ids: Set<UUID>, on connection: PostgresConnection) async throws -> [UUID: UUID] {
        guard !ids.isEmpty else { return [:] }
        let rows = try await connection.query(
            """
            WITH RECURSIVE up AS (
                SELECT id AS first, (state->>'mergedInto')::uuid AS next, 1 AS depth FROM device
                WHERE id = ANY(\(Array(ids))) AND state ? 'mergedInto'
                UNION ALL
                SELECT up.first, (d.state->>'mergedInto')::uuid, up.depth + 1 FROM up JOIN device AS d ON d.id = up.next
                WHERE d.state ? 'mergedInto' AND up.depth < \(deepest)
            )
            SELECT DISTINCT ON (first) first, next FROM up ORDER BY first, depth DESC
            """)
        return Dictionary(
            try rows.map { (try $0.get("first", as: UUID.self), try $0.get("next", as: UUID.self)) },
            uniquingKeysWith: { first, _ in first })
    }
}
