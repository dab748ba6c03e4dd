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
        var lines = try answers[0].map { try BoardLine($0, decoder) }
        var vans = try await VanReading.onHand(
            lines.flatMap { $0.parts.keys }, of: engineers.map(\.id), connection)
        // What is only offered may never be his.
        for status in [AssignmentStatus.accepted, .offered] {
            for index in lines.indices where lines[index].visit.status == status { lines[index].take(from: &vans) }
        }
        let visits = Dictionary(grouping: lines, by: \.engineerId).mapValues { $0.map(\.visit) }
        return WorkBoardAnswer(
            engineers: engineers.map { $0.engineer.boardRow($0.id, visits[$0.id] ?? [], range) },
            isCutOff: people.count > most, openJobs: try answers[1].first?.get("n") ?? 0)
    }
}

/// A visit of somebody's, and what it takes.
private struct BoardLine {
    let engineerId: UUID
    private(set) var visit: WorkBoardVisit
    /// Pieces by part code; nothing where he helps.
    let parts: [String: Int]
    private let hasBegun: Bool

    init(_ row: PostgresRow, _ decoder: JSONDecoder) throws {
        let assignment = try row.get("state", as: JSONB.self).decode(Assignment.self, decoder: decoder)
        let booked = Span(start: try row.get("starts"), end: try row.get("ends"))
        engineerId = try row.get("engineer_id")
        visit = assignment.onBoard(try row.get("id"), booked, of: engineerId)
        hasBegun = assignment.hasBegun
        let planned = try row.get("parts", as: JSONB?.self)?.decode([PlannedPart].self, decoder: decoder) ?? []
        parts = visit.leadId != nil ? [:] : planned.reduce(into: [:]) { $0[$1.partCode, default: 0] += $1.quantity }
    }

    /// Takes what is there of its parts out of his van; of one that has begun nothing is said to be missing.
    mutating func take(from vans: inout [UUID: [String: Int]]) {
        var missing: [PlannedPart] = []
        for (code, quantity) in parts.sorted(by: { $0.key < $1.key }) {
            let there = min(quantity, vans[engineerId]?[code] ?? 0)
            if there > 0 { vans[engineerId]?[code]? -= there }
            if quantity > there { missing.append(PlannedPart(partCode: code, quantity: quantity - there)) }
        }
        if !hasBegun, !missing.isEmpty { visit.toFetch = missing }
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
