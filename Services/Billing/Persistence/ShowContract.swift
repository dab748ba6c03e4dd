import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Shows one contract, as it would be registered again.
struct ShowContract: QueryHandler {
    func answer(_ query: ContractQuery, on connection: PostgresConnection) async throws -> ContractAnswer {
        let rows = try await connection.query(
            """
            SELECT version, state FROM contract
            WHERE id = \(query.contractId) OR (\(query.contractId)::uuid IS NULL AND contract_number = \(query.contractNumber))
            """)
        guard let row = rows.first else { return ContractAnswer(found: false) }
        let contract = try row.get("state", as: JSONB.self).decode(Contract.self, decoder: WireJSON.decoder())
        return ContractAnswer(
            found: true, version: try row.get("version"), contract: contract.registration, status: contract.status)
    }
}

extension Contract {
    /// As it would be registered again.
    var registration: RegisterContract {
        RegisterContract(
            contractId: contractId, contractNumber: contractNumber, contractType: contractType,
            customerNumber: customerNumber, responseLevel: responseLevel, cover: cover, deviceSerials: deviceSerials,
            startsOn: startsOn, endsOn: endsOn, price: price, visitQuota: visitQuota)
    }
}
