import Dispatching
import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Why these engineers and no others.
struct ShowDecisions: QueryHandler {
    /// Each has a line for every engineer: more would be too much for one answer.
    private static let newest = 20

    func answer(_ query: DecisionsQuery, on connection: PostgresConnection) async throws -> DecisionsAnswer {
        let answers = try await connection.pipeline([
            """
            SELECT decision.state AS decision, roster_snapshot.state AS roster
            FROM decision JOIN roster_snapshot ON roster_snapshot.id = (decision.state->>'rosterId')::uuid
            WHERE work_order_id = \(query.workOrderId) ORDER BY decided_at DESC, decision.id DESC LIMIT \(Self.newest)
            """,
            """
            SELECT id, state FROM assignment
            WHERE work_order_id = \(query.workOrderId) AND (state->'explanation'->>'manual')::boolean
            ORDER BY offered_at DESC, id DESC LIMIT \(Self.newest)
            """,
        ])
        let decoder = WireJSON.decoder()
        let recorded = try answers[0].map { row in
            (
                record: try row.get("decision", as: JSONB.self).decode(DecisionRecord.self, decoder: decoder),
                roster: try row.get("roster", as: JSONB.self).decode(RosterSnapshot.self, decoder: decoder)
            )
        }
        let byHand = try answers[1].map { row in
            (
                id: try row.get("id", as: UUID.self),
                assignment: try row.get("state", as: JSONB.self).decode(Assignment.self, decoder: decoder)
            )
        }
        let everybody = Set(recorded.flatMap(\.roster.engineers) + byHand.map(\.assignment.engineerId))
        let names = try await names(of: Array(everybody), connection)
        let views =
            recorded.map { $0.record.view($0.roster.engineers, names: names, only: query.engineerId) }
            + byHand.map { $0.assignment.decisionByHand($0.id, names: names) }
        return DecisionsAnswer(decisions: views.sorted { $0.decidedAt < $1.decidedAt })
    }

    private func names(of engineers: [UUID], _ connection: PostgresConnection) async throws -> [UUID: String] {
        guard !engineers.isEmpty else { return [:] }
        let rows = try await connection.query(
            "SELECT id, state->>'name' AS name FROM engineer WHERE id = ANY(\(engineers))")
        return try rows.reduce(into: [:]) { names, row in
            names[try row.get("id", as: UUID.self)] = try row.get("name", as: String.self)
        }
    }
}

extension Assignment {
    /// A dispatcher's own decision, in the form of the others: he looked at one engineer.
    fileprivate func decisionByHand(_ id: UUID, names: [UUID: String]) -> DecisionView {
        DecisionView(
            decidedAt: offeredAt, round: round, ruleSetVersion: explanation.ruleSetVersion, assignmentId: id,
            engineerId: engineerId, considered: explanation.considered,
            verdicts: explanation.ranking.map {
                EngineerVerdict(
                    engineerId: $0.engineerId, name: names[$0.engineerId] ?? "",
                    excludedBy: explanation.excluded.isEmpty
                        ? nil : explanation.excluded.map(\.rule).joined(separator: ","),
                    start: proposedWindow.start, total: $0.total, terms: $0.terms)
            })
    }
}
