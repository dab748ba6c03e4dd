import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// A device: the record that stands for it, and those that were merged into that one.
struct DeviceGroup: Sendable {
    let device: DeviceChanged
    /// All of them, its own too.
    let ids: [UUID]

    /// More merges in a row than anybody makes; it also ends a circle, which half-told merges may seem to make.
    static let deepest = 50

    /// The group of whichever record has the id or serial number; nil for none.
    static func find(
        id: UUID?, serialNumber: String?, on connection: PostgresConnection
    ) async throws -> DeviceGroup? {
        let rows = try await connection.query(
            """
            WITH RECURSIVE up AS (
                (SELECT id, state, 1 AS depth FROM device_view
                WHERE id = \(id) OR (\(id)::uuid IS NULL AND serial_number = \(serialNumber))
                ORDER BY id DESC LIMIT 1)
                UNION ALL
                SELECT d.id, d.state, up.depth + 1
                FROM device_view AS d JOIN up ON d.id = (up.state #>> '{told,mergedInto}')::uuid
                WHERE up.depth < \(deepest)
            ), members AS (
                (SELECT id, state, 1 AS depth FROM up ORDER BY up.depth DESC LIMIT 1)
                UNION ALL
                SELECT d.id, d.state, members.depth + 1
                FROM members CROSS JOIN LATERAL
                    jsonb_array_elements_text(members.state #> '{told,mergedDeviceIds}') AS merged(id)
                    JOIN device_view AS d ON d.id = merged.id::uuid
                -- The two are told apart: either may be known before the other.
                WHERE (d.state #>> '{told,mergedInto}')::uuid = members.id AND members.depth < \(deepest)
            )
            SELECT id, state FROM members ORDER BY depth, id
            """)
        guard let first = rows.first else { return nil }
        let newest = try first.get("state", as: JSONB.self)
            .decode(Newest<DeviceChanged>.self, decoder: WireJSON.decoder())
        return DeviceGroup(device: newest.told, ids: try rows.map { try $0.get("id") })
    }
}
