import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Shows one device with the work orders about it.
struct AnswerDevice: QueryHandler {
    static let mostOrders = 200

    func answer(_ query: DeviceQuery, on connection: PostgresConnection) async throws -> DeviceAnswer {
        let keys = LookupKey.registered(code: query.code, serialNumber: query.serialNumber, brand: nil)
        let rows = try await connection.query(
            """
            SELECT state FROM device WHERE id = \(query.deviceId) OR id IN (
                SELECT (state->>'target')::uuid FROM lookup_entry WHERE id = ANY(\(keys.map(IntakeID.lookup))))
            LIMIT 1
            """)
        guard let row = rows.first else { return DeviceAnswer(found: false) }
        let device = try row.get("state", as: JSONB.self).decode(Device.self, decoder: WireJSON.decoder())
        let orders = try await connection.query(
            """
            SELECT state FROM work_order WHERE device_id = \(device.id)
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
            })
    }
}
