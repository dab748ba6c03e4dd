import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Hands out all customers or devices, page by page in the order of their ids, each as it would be registered again.
struct AnswerExport: QueryHandler {
    /// No thing has this id, and none a lesser one.
    private static let beforeAll = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))

    func answer(_ query: ExportRegistry, on connection: PostgresConnection) async throws -> ExportRegistryAnswer {
        let limit = try PageSize.of(query.limit, most: 1_000, usual: 500)
        switch query.kind {
        case .customer:
            let page = try await page(of: Customer.self, after: query.after, limit: limit, connection)
            let customers = try await registrations(page, connection)
            return ExportRegistryAnswer(customers: customers, next: page.count == limit ? page.last?.id : nil)
        case .device:
            let page = try await page(of: Device.self, after: query.after, limit: limit, connection)
            let devices = try await registrations(page, connection)
            return ExportRegistryAnswer(devices: devices, next: page.count == limit ? page.last?.id : nil)
        default:
            throw Refusal.invalid("/data/kind", "unknown-value", "customer or device")
        }
    }

    private func page<A: Aggregate>(
        of type: A.Type, after: UUID?, limit: Int, _ connection: PostgresConnection
    ) async throws -> [A] {
        let rows = try await connection.query(
            "SELECT state FROM \(unsafe: A.table) WHERE id > \(after ?? Self.beforeAll) ORDER BY id LIMIT \(limit)")
        return try rows.map { try $0.get("state", as: JSONB.self).decode(A.self, decoder: WireJSON.decoder()) }
    }

    private func states<A: Aggregate>(
        of type: A.Type, _ ids: [UUID], _ connection: PostgresConnection
    ) async throws -> [UUID: A] {
        let rows = try await connection.query(
            "SELECT id, state FROM \(unsafe: A.table) WHERE id = ANY(\(ids))")
        return Dictionary(
            try rows.map { row in
                (
                    try row.get("id", as: UUID.self),
                    try row.get("state", as: JSONB.self).decode(A.self, decoder: WireJSON.decoder())
                )
            }, uniquingKeysWith: { first, _ in first })
    }

    private func registrations(
        _ customers: [Customer], _ connection: PostgresConnection
    ) async throws -> [RegisterCustomer] {
        let contacts = try await states(
            of: ContactPoint.self, customers.map { IntakeID.contact(of: $0.id) }, connection)
        let sites = try await states(of: Site.self, customers.compactMap(\.lastSiteId), connection)
        return customers.filter { $0.mergedInto == nil && !$0.isErased }.map { customer in
            var registration = customer.registration(contacts[IntakeID.contact(of: customer.id)])
            registration.site = customer.lastSiteId.flatMap { sites[$0]?.reported }
            return registration
        }
    }

    private func registrations(_ devices: [Device], _ connection: PostgresConnection) async throws -> [RegisterDevice] {
        let customers = try await states(of: Customer.self, devices.map(\.customerId), connection)
        let sites = try await states(of: Site.self, devices.compactMap(\.siteId), connection)
        return devices.filter { $0.mergedInto == nil }.map { device in
            RegisterDevice(
                deviceId: device.id, serialNumber: device.serialNumber, code: device.code, brand: device.brand,
                model: device.model, category: device.category,
                customerId: device.customerId, customerNumber: customers[device.customerId]?.customerNumber,
                siteId: device.siteId, site: device.siteId.flatMap { sites[$0]?.reported },
                department: device.department, standing: device.standing, purchasedOn: device.purchasedOn,
                installedOn: device.installedOn, warrantyEndsOn: device.warrantyEndsOn,
                contractNumber: device.contractNumber)
        }
    }
}
