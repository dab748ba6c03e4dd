import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Everything that happened to one device, in order.
struct ShowDevice: QueryHandler {
    func answer(_ query: DeviceHistoryQuery, on connection: PostgresConnection) async throws -> DeviceHistory {
        guard query.deviceId != nil || query.serialNumber != nil else {
            throw Refusal.invalid("/data/deviceId", "required", "expected deviceId or serialNumber")
        }
        let limit = try PageSize.of(query.limit, most: 200, usual: 50)
        let cursor = try query.cursor.map(PageCursor.init)
        let serialNumber = try PageCursor.text(query.serialNumber, "/data/serialNumber")
        let devices = try await connection.query(
            """
            SELECT state FROM device_view WHERE id = \(query.deviceId)
                OR (\(query.deviceId)::uuid IS NULL AND serial_number = \(serialNumber)) ORDER BY id DESC LIMIT 1
            """)
        guard let row = devices.first else { return DeviceHistory(found: false) }
        let device = try row.get("state", as: JSONB.self)
            .decode(Newest<DeviceChanged>.self, decoder: WireJSON.decoder()).told
        let answers = try await connection.pipeline([
            StoryReading.lines(ofDevice: device.deviceId, behind: cursor, limit: limit),
            "SELECT count(*) AS orders FROM order_view WHERE device_id = \(device.deviceId)",
        ])
        let page = try StoryReading.page(answers[0], limit: limit)
        return DeviceHistory(
            found: true, device: device, workOrders: try answers[1].first?.get("orders", as: Int.self),
            lines: page.lines, cursor: page.cursor)
    }
}
