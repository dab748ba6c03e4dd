import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Shows one device with the work orders about it, by whichever of its records it is named.
struct AnswerDevice: QueryHandler {
    static let mostOrders = 200

    func answer(_ query: DeviceQuery, on connection: PostgresConnection) async throws -> DeviceAnswer {
        let keys = LookupKey.registered(code: query.code, serialNumber: query.serialNumber, brand: nil)
        let named = try await connection.query(
            "SELECT (state->>'target')::uuid AS id FROM lookup_entry WHERE id = ANY(\(keys.map(IntakeID.lookup)))")
        let ids = try named.map { try $0.get("id", as: UUID.self) } + [query.deviceId].compactMap { $0 }
        let group = try await DeviceGroup.find(ids, on: connection)
        guard let device = group.survivor else { return DeviceAnswer(found: false) }
        let orders = try await connection.query(
            """
            SELECT state FROM work_order WHERE device_id = ANY(\(group.ids))
            ORDER BY state->>'receivedAt' DESC LIMIT \(Self.mostOrders)
            """)
        return DeviceAnswer(
            found: true, device: device.news,
            orders: try orders.map { row in
                let order = try row.get("state", as: JSONB.self).decode(WorkOrder.self, decoder: WireJSON.decoder())
                return DeviceOrder(
                    workOrderId: order.id, workOrderNumber: order.number, status: order.status.wire,
                    outcome: order.outcome, serviceType: order.brief.serviceType, problem: order.brief.problem,
                    receivedAt: order.receivedAt)
            }, mergedDeviceIds: group.ids.count > 1 ? Array(group.ids.dropFirst()) : nil,
            version: group.version)
    }
}
