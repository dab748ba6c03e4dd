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
            SELECT assignment.id, assignment.state, booking.engineer_id, lower(during) AS starts, upper(during) AS ends,
                job.state #> '{need,parts}' AS parts
            FROM booking JOIN assignment ON assignment.id = booking.assignment_id
            JOIN job ON job.id = assignment.work_order_id
            WHERE booking.engineer_id = ANY(\(engineers.map(\.id))) AND live AND lower(during) < \(range.end)
                AND assignment.status IN ('offered', 'accepted')
            ORDER BY lower(during), assignment.id
            """,
            "SELECT count(*) AS n FROM job WHERE status = 'open'",
        ])
        let parts = try answers[0].map { row in
            try row.get("parts", as: JSONB?.self)?.decode([PlannedPart].self, decoder: decoder) ?? []
        }
        var vans = try await VanReading.onHand(
            parts.joined().map(\.partCode), of: engineers.map(\.id), connection)
        var visits: [UUID: [WorkBoardVisit]] = [:]
        for (row, parts) in zip(answers[0], parts) {
            let assignment = try row.get("state", as: JSONB.self).decode(Assignment.self, decoder: decoder)
            let booked = Span(start: try row.get("starts"), end: try row.get("ends"))
            let engineerId = try row.get("engineer_id", as: UUID.self)
            var visit = assignment.onBoard(try row.get("id", as: UUID.self), booked, of: engineerId)
            if visit.leadId == nil, !assignment.hasBegun {
                visit.toFetch = vans[engineerId, default: [:]].take(parts)
            }
            visits[engineerId, default: []].append(visit)
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

extension [String: Int] {
    /// Takes parts out of a van, by their codes; what it lacks of them, nil where nothing.
    fileprivate mutating func take(_ parts: [PlannedPart]) -> [PlannedPart]? {
        let missing = parts.compactMap { part -> PlannedPart? in
            let there = Swift.min(part.quantity, self[part.partCode] ?? 0)
            self[part.partCode, default: 0] -= there
            return part.quantity > there ? PlannedPart(partCode: part.partCode, quantity: part.quantity - there) : nil
        }
        return missing.isEmpty ? nil : missing
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
