import DomainContracts
import Postgres
import ServiceKit

/// One part request as it stands.
struct AnswerPartRequest: QueryHandler {
    func answer(_ query: PartRequestQuery, on connection: PostgresConnection) async throws -> PartRequestAnswer {
        let rows = try await connection.query("SELECT state FROM part_request WHERE id = \(query.partRequestId)")
        let state = try rows.first?.get("state", as: JSONB.self)
        return PartRequestAnswer(request: try state?.decode(PartRequest.self, decoder: WireJSON.decoder()).wire)
    }
}
