import Dispatching
import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Who could go to a work order, and when, by the rules and the calendars as they are.
struct ShowCandidates: QueryHandler {
    var travel = TravelProvider.estimate

    func answer(_ query: CandidatesQuery, on connection: PostgresConnection) async throws -> CandidatesAnswer {
        let wish = try SlotWish(
            count: query.count, windowMinutes: query.windowMinutes, notBefore: query.notBefore,
            notAfter: query.notAfter)
        let rows = try await connection.query("SELECT state FROM job WHERE id = \(query.workOrderId)")
        let decoder = WireJSON.decoder()
        guard let job = try rows.first?.get("state", as: JSONB.self).decode(Job.self, decoder: decoder),
            job.status != .done, let need = job.need
        else { return CandidatesAnswer() }
        let range = try wish.range(need, now: query.at)
        let jobs = [(id: query.workOrderId, job: job)]
        let people = try await RosterReading.engineers(connection)
        let roster = Roster(people.map { $0.engineer.person($0.id, at: query.at) })
        var round = DispatchRound(
            jobs: jobs, decider: Decider(CompiledRules(try await RosterReading.ruleSet(connection), roster)),
            now: query.at.epoch, vans: try await VanReading.parts(for: jobs, connection),
            people: try await PeopleReading.known(for: jobs, connection))
        let board = try await board(of: round, without: job.activeAssignmentId, range, connection)
        guard let verdict = round.decide(on: board).first else { return CandidatesAnswer() }
        let record = DecisionRecord(
            verdict, round: job.round, id: query.workOrderId, rosterId: query.workOrderId, at: query.at)
        var decision = record.view(
            roster.ids, names: Dictionary(people.map { ($0.id, $0.engineer.name) }) { name, _ in name }, only: nil)
        decision.assignmentId = nil
        return CandidatesAnswer(
            decision: decision,
            slots: round.windows(wish.count, of: wish.seconds, on: board, within: range).map {
                OfferedSlot(
                    engineerId: $0.engineerId, window: $0.slot.span.window, travelMinutes: $0.slot.detourMinutes)
            })
    }

    private func board(
        of round: DispatchRound, without own: UUID?, _ range: Span, _ connection: PostgresConnection
    ) async throws -> Board {
        let whole = Span(start: min(range.start, round.range.start), end: max(range.end, round.range.end))
        let roster = round.decider.roster
        var board = Board(roster, range: whole, travel: travel.times)
        let rows = try await connection.query(
            "SELECT id, state FROM engineer_calendar WHERE id = ANY(\(round.possibleMembers.map { roster.id(of: $0) }))"
        )
        for row in rows {
            guard let member = roster.position(of: try row.get("id")) else { continue }
            let calendar = try row.get("state", as: JSONB.self).decode(
                EngineerCalendar.self, decoder: WireJSON.decoder())
            board.set(calendar.stops(except: own), of: member)
        }
        return board
    }
}
