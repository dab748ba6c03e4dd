import DomainContracts
import Postgres
import ServiceKit

/// How one order is settled.
struct AnswerSettlement: QueryHandler {
    let clock: DomainClock

    func answer(_ query: SettlementQuery, on connection: PostgresConnection) async throws -> SettlementAnswer {
        let rows = try await connection.query("SELECT state FROM charge WHERE id = \(query.workOrderId)")
        guard let state = try rows.first?.get("state", as: JSONB.self) else { return SettlementAnswer() }
        let account = try state.decode(OrderAccount.self, decoder: WireJSON.decoder())
        return SettlementAnswer(
            settlement: account.settlement(at: clock.now()), openEstimateId: account.openEstimateId,
            taxInvoices: account.listedInvoices)
    }
}
