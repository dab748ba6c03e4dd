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
        guard
            let group = try await DeviceGroup.find(id: query.deviceId, serialNumber: serialNumber, on: connection)
        else { return DeviceHistory(found: false) }
        let answers = try await connection.pipeline([
            StoryReading.lines(ofDevice: group.ids, behind: cursor, limit: limit),
            "SELECT count(*) AS orders FROM order_view WHERE device_id = ANY(\(group.ids)) AND NOT state ? 'past'",
            PastServiceReading.of(devices: group.ids),
        ])
        let page = try StoryReading.page(answers[0], limit: limit)
        return DeviceHistory(
            found: true, device: group.device, workOrders: try answers[1].first?.get("orders", as: Int.self),
            lines: page.lines, cursor: page.cursor,
            mergedDeviceIds: group.ids.count > 1 ? Array(group.ids.dropFirst()) : nil,
            pastServices: try PastServiceReading.services(answers[2]))
    }
}
