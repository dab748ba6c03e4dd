import Dispatching
import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// What every engineer has before him.
struct ShowWorkBoard: QueryHandler {
    func answer(_ query: WorkBoardQuery, on connection: PostgresConnection) async throws -> WorkBoardAnswer {
        let hours = query.hours ?? 24
        guard (1...168).contains(hours) else { throw Refusal.invalid("/data/hours", "range", "expected 1 to 168") }
        let range = Span(start: query.at.epoch, end: query.at.epoch + hours * 3600)
        let most = WorkBoardAnswer.mostEngineers
        let people = try await connection.query(
            """
            SELECT id, state FROM engineer
            WHERE (\(query.branch)::text IS NULL OR branch = \(query.branch))
                AND (\(query.team)::text IS NULL OR team = \(query.team))
                AND (\(query.engineerId)::uuid IS NULL OR id = \(query.engineerId))
            ORDER BY branch, team, state->>'name', id LIMIT \(most + 1)
            """)
        let decoder = WireJSON.decoder()
        let engineers = try people.prefix(most).map { row in
            (
                id: try row.get("id", as: UUID.self),
                engineer: try row.get("state", as: JSONB.self).decode(Engineer.self, decoder: decoder)
            )
        }
        let answers = try await connection.pipeline([
            """
            SELECT assignment.id, assignment.state, booking.engineer_id, lower(during) AS starts, upper(during) AS ends
            FROM booking JOIN assignment ON assignment.id = booking.assignment_id
            WHERE booking.engineer_id = ANY(\(engineers.map(\.id))) AND live AND lower(during) < \(range.end)
                AND assignment.status IN ('offered', 'accepted')
            ORDER BY lower(during), assignment.id
            """,
            "SELECT count(*) AS n FROM job WHERE status = 'open'",
        ])
        var visits: [UUID: [WorkBoardVisit]] = [:]
        for row in answers[0] {
            let assignment = try row.get("state", as: JSONB.self).decode(Assignment.self, decoder: decoder)
            let booked = Span(start: try row.get("starts"), end: try row.get("ends"))
            let engineerId = try row.get("engineer_id", as: UUID.self)
            visits[engineerId, default: []].append(
                assignment.onBoard(try row.get("id", as: UUID.self), booked, of: engineerId))
        }
        return WorkBoardAnswer(
            engineers: engineers.map { $0.engineer.boardRow($0.id, visits[$0.id] ?? [], range) },
            isCutOff: people.count > most, openJobs: try answers[1].first?.get("n") ?? 0)
    }
}

extension Assignment {
    fileprivate func onBoard(_ id: UUID, _ booked: Span, of engineerId: UUID) -> WorkBoardVisit {
        WorkBoardVisit(
            assignmentId: id, workOrderId: workOrderId, workOrderNumber: workOrderNumber, status: status.wire,
            booked: booked.window, window: window, travelMinutes: travelMinutes, departedAt: departedAt,
            leadId: engineerId == self.engineerId ? nil : self.engineerId, pinned: isPinned, promiseAtRisk: isAtRisk)
    }
}

extension Engineer {
    fileprivate func boardRow(_ id: UUID, _ visits: [WorkBoardVisit], _ range: Span) -> WorkBoardRow {
        let shifts = (duty?.spans(in: range) ?? []).compactMap { $0.within(range) }
        return WorkBoardRow(
            engineerId: id, name: name, branch: branch, team: team, shifts: shifts.map(\.window), visits: visits,
            shiftMinutes: shifts.reduce(0) { $0 + $1.minutes },
            bookedMinutes: visits.reduce(0) { $0 + (Span($1.booked).within(range)?.minutes ?? 0) },
            overdue: visits.count { $0.booked.end.epoch <= range.start },
            promisesAtRisk: visits.count { $0.promiseAtRisk ?? false })
    }
}
