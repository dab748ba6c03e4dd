import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Lists maintenance plans, page by page in the order of their numbers.
struct ListPlans: QueryHandler {
    func answer(
        _ query: MaintenancePlansQuery, on connection: PostgresConnection
    ) async throws -> MaintenancePlansAnswer {
        let limit = try PageSize.of(query.limit, most: 100, usual: 20)
        if let status = query.status, !status.isKnown {
            throw Refusal.invalid(
                "/data/status", "unknown-value",
                "one of " + MaintenancePlanStatus.known.map(\.rawValue).joined(separator: ", "))
        }
        var conditions: [SQL] = ["number > \(query.cursor ?? "")"]
        if let id = query.customerId { conditions.append("customer_id = \(id)") }
        if let number = query.customerNumber {
            let key = IntakeID.lookup("customer:\(number)")
            conditions.append(
                "customer_id = (SELECT (state->>'target')::uuid FROM lookup_entry WHERE id = \(key))")
        }
        if let id = query.contractId { conditions.append("contract_id = \(id)") }
        if let number = query.contractNumber { conditions.append("state->>'contractNumber' = \(number)") }
        if let id = query.deviceId { conditions.append(try await visits(id, connection)) }
        if let status = query.status { conditions.append("status = \(status.rawValue)") }
        // One more than is shown tells whether there is another page.
        let rows = try await connection.query(
            """
            SELECT state FROM maintenance_plan WHERE \(fragment: conditions.joined(separator: " AND "))
            ORDER BY number LIMIT \(limit + 1)
            """)
        let decoder = WireJSON.decoder()
        let plans = try rows.prefix(limit).map { row in
            try row.get("state", as: JSONB.self).decode(MaintenancePlan.self, decoder: decoder)
        }
        return MaintenancePlansAnswer(
            plans: plans.map { $0.state() }, cursor: rows.count > limit ? plans.last?.number : nil)
    }

    /// Plans that name the device by any record of it, or that leave it to a contract which does.
    private func visits(_ device: UUID, _ connection: PostgresConnection) async throws -> SQL {
        // Documents hold ids in capitals.
        let records = try await DeviceGroup.find([device], on: connection).records
        let ids = records.isEmpty ? [device] : records.map(\.id)
        let named: SQL = "state->'deviceIds' ?| \(ids.map(\.uuidString))"
        let serials = records.compactMap(\.serialNumber)
        if serials.isEmpty { return named }
        let keys = serials.flatMap { LookupKey.contracts(customerNumber: nil, serialNumber: $0) }
            .map(IntakeID.contractIndex)
        let contracts = try await connection.query("SELECT state FROM contract_index WHERE id = ANY(\(keys))")
        let contractIds = try contracts.flatMap { row in
            try row.get("state", as: JSONB.self).decode(ContractIndex.self, decoder: WireJSON.decoder()).contractIds
        }
        return "(\(fragment: named) OR state->'deviceIds' = '[]' AND contract_id = ANY(\(contractIds)))"
    }
}
