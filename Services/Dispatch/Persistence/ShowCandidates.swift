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
            job.needsSomebody, let need = job.need
        else { return CandidatesAnswer() }
        let range = try wish.range(need, now: query.at)
        let jobs = [(id: query.workOrderId, job: job)]
        let people = try await RosterReading.engineers(connection)
        let roster = Roster(people.map { $0.engineer.person($0.id, at: query.at) })
        var round = DispatchRound(
            jobs: jobs, decider: Decider(CompiledRules(try await RosterReading.ruleSet(connection), roster)),
            now: query.at.epoch, vans: try await VanReading.parts(for: jobs, connection),
            people: try await PeopleReading.known(for: jobs, connection))
        let calendars = try await calendars(of: round, connection)
        func board(_ range: Span) -> Board {
            var board = Board(roster, range: range, travel: travel.times)
            for (member, calendar) in calendars {
                board.set(calendar.stops(besides: job.activeAssignmentId), of: member)
            }
            return board
        }
        guard let verdict = round.decide(on: board(round.range)).first else { return CandidatesAnswer() }
        let record = DecisionRecord(
            verdict, round: job.round, id: query.workOrderId, rosterId: query.workOrderId, at: query.at)
        var decision = record.view(
            roster.ids, names: Dictionary(people.map { ($0.id, $0.engineer.name) }) { name, _ in name }, only: nil)
        decision.assignmentId = nil
        return CandidatesAnswer(
            decision: decision,
            slots: round.windows(wish.count, of: wish.seconds, on: board(range), within: range).map {
                OfferedSlot(
                    engineerId: $0.engineerId, window: $0.slot.span.window, travelMinutes: $0.slot.detourMinutes)
            })
    }

    /// By member of the roster; of those whom the rules let go.
    private func calendars(
        of round: DispatchRound, _ connection: PostgresConnection
    ) async throws -> [Int: EngineerCalendar] {
        let roster = round.decider.roster
        let possible = round.possibleMembers.map { roster.id(of: $0) }
        let rows = try await connection.query("SELECT id, state FROM engineer_calendar WHERE id = ANY(\(possible))")
        return try rows.reduce(into: [:]) { calendars, row in
            guard let member = roster.position(of: try row.get("id")) else { return }
            calendars[member] = try row.get("state", as: JSONB.self).decode(
                EngineerCalendar.self, decoder: WireJSON.decoder())
        }
    }
}

extension EngineerCalendar {
    /// All but a visit and those who help with it.
    fileprivate func stops(besides assignmentId: UUID?) -> [Timeline.Stop] {
        guard let assignmentId else { return stops }
        let helping = entries.first { $0.helps == assignmentId }
        return stops(except: helping?.assignmentId ?? assignmentId)
    }
}
