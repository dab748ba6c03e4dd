import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Hands out all contracts, ended ones too, page by page in the order of their ids.
struct AnswerContractsExport: QueryHandler {
    /// No contract has this id, and none a lesser one.
    private static let beforeAll = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))

    func answer(_ query: ExportContracts, on connection: PostgresConnection) async throws -> ExportContractsAnswer {
        let limit = try PageSize.of(query.limit, most: 1_000, usual: 500)
        let rows = try await connection.query(
            "SELECT state FROM contract WHERE id > \(query.after ?? Self.beforeAll) ORDER BY id LIMIT \(limit)")
        let contracts = try rows.map {
            try $0.get("state", as: JSONB.self).decode(Contract.self, decoder: WireJSON.decoder()).registration
        }
        return ExportContractsAnswer(
            contracts: contracts, next: contracts.count == limit ? contracts.last?.contractId : nil)
    }
}
