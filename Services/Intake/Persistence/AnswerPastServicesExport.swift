import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Hands out all past services, page by page in the order of their ids, each as it would be imported again.
struct AnswerPastServicesExport: QueryHandler {
    /// No thing has this id, and none a lesser one.
    private static let beforeAll = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))

    func answer(
        _ query: ExportPastServices, on connection: PostgresConnection
    ) async throws -> ExportPastServicesAnswer {
        let limit = try PageSize.of(query.limit, most: 1_000, usual: 500)
        let rows = try await connection.query(
            """
            SELECT p.state, c.state->>'customerNumber' AS customer_number, d.state->>'code' AS code,
                d.state->>'serialNumber' AS serial, d.state->>'brand' AS brand
            FROM (
                SELECT id, state FROM past_service WHERE id > \(query.after ?? Self.beforeAll) ORDER BY id LIMIT \(limit)
            ) AS p
                LEFT JOIN customer AS c ON c.id = (p.state->>'customerId')::uuid
                LEFT JOIN device AS d ON d.id = (p.state->>'deviceId')::uuid
            ORDER BY p.id
            """)
        let decoder = WireJSON.decoder()
        let records = try rows.map {
            try $0.get("state", as: JSONB.self).decode(PastServiceRecord.self, decoder: decoder)
        }
        // Who has no number is known by his phone.
        let unnumbered = try zip(records, rows).filter { try $1.get("customer_number", as: String?.self) == nil }
            .map { IntakeID.contact(of: $0.0.customerId) }
        let contacts = try await connection.query(
            "SELECT state->>'customerId' AS customer, state->>'phone' AS phone FROM contact WHERE id = ANY(\(unnumbered))"
        )
        var phones: [UUID: String] = [:]
        for row in contacts {
            if let id = try UUID(uuidString: row.get("customer", as: String.self)) {
                phones[id] = try row.get("phone", as: String?.self)
            }
        }
        return ExportPastServicesAnswer(
            services: try zip(records, rows).map { record, row in
                let number = try row.get("customer_number", as: String?.self)
                return PastService(
                    reference: record.reference, servicedOn: record.servicedOn, customerNumber: number,
                    customerPhone: number == nil ? phones[record.customerId] : nil,
                    deviceCode: try row.get("code", as: String?.self),
                    deviceSerial: try row.get("serial", as: String?.self),
                    deviceBrand: try row.get("brand", as: String?.self), problem: record.problem,
                    workDone: record.workDone, engineerName: record.engineerName, outcome: record.outcome,
                    amount: record.amount)
            }, next: records.count == limit ? records.last?.id : nil)
    }
}
