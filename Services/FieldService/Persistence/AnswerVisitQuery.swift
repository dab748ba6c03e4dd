import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// One visit as it stands.
struct AnswerVisitQuery: QueryHandler {
    func answer(_ query: VisitQuery, on connection: PostgresConnection) async throws -> VisitAnswer {
        let rows = try await connection.query("SELECT state FROM visit WHERE id = \(query.visitId)")
        guard let row = rows.first else { return VisitAnswer(found: false) }
        let visit = try row.get("state", as: JSONB.self).decode(Visit.self, decoder: WireJSON.decoder())
        return VisitAnswer(
            found: true, visitId: visit.visitId, workOrderId: visit.workOrderId, engineerId: visit.engineerId,
            status: VisitStatus(rawValue: visit.status.rawValue), window: visit.window, planned: visit.planned,
            endReason: visit.end?.reason,
            report: visit.report, helperIds: visit.helperIds, findings: visit.findings.map(\.reported),
            parts: visit.partUses.map(\.reported), note: visit.end?.note)
    }
}
