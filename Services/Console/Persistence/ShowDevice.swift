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
        guard query.list == nil || query.list == .pastServices else {
            throw Refusal.invalid("/data/list", "unknown-value", OverviewList.pastServices.rawValue)
        }
        let limit = try PageSize.of(query.limit, most: 200, usual: 50)
        let cursor = try query.cursor.map(PageCursor.init)
        let serialNumber = try PageCursor.text(query.serialNumber, "/data/serialNumber")
        guard
            let group = try await DeviceGroup.find(id: query.deviceId, serialNumber: serialNumber, on: connection)
        else { return DeviceHistory(found: false) }
        let merged = group.ids.count > 1 ? Array(group.ids.dropFirst()) : nil
        if query.list != nil {
            let past = try PastServiceReading.page(
                try await connection.query(PastServiceReading.of(devices: group.ids, behind: cursor, limit: limit)),
                limit: limit)
            return DeviceHistory(
                found: true, device: group.device, cursor: past.cursor, mergedDeviceIds: merged,
                pastServices: past.services)
        }
        let most = OverviewReading.most
        let answers = try await connection.pipeline([
            StoryReading.lines(ofDevice: group.ids, behind: cursor, limit: limit),
            "SELECT count(*) AS orders FROM order_view WHERE device_id = ANY(\(group.ids)) AND NOT state ? 'past'",
            PastServiceReading.of(devices: group.ids, behind: nil, limit: most),
        ])
        let past = try PastServiceReading.page(answers[2], limit: most)
        let page = try StoryReading.page(answers[0], limit: limit)
        return DeviceHistory(
            found: true, device: group.device, workOrders: try answers[1].first?.get("orders", as: Int.self),
            lines: page.lines, cursor: page.cursor,
            mergedDeviceIds: merged, pastServices: past.services, more: past.cursor == nil ? nil : [.pastServices])
    }
}
