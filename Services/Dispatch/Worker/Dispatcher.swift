import Dispatching
import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Finds somebody for the jobs that are open, the most urgent first, up to a hundred at a time.
///
/// Bookings are read without locks; only the calendars of those chosen are locked, and decide. Where one changed in
/// between, the job stays open and the next step sees what changed.
struct Dispatcher: Worker {
    let name = "dispatcher"
    let watched: Set<String> = [
        Job.table, Engineer.table, Booking.table, RuleBook.table, CustomerEngineers.table,
    ]
    private let ids: IDGenerator
    private let travel: TravelProvider
    private let warm = WarmState()
    private static let batch = 100

    init(travel: TravelProvider = .estimate, ids: IDGenerator = .v7) {
        self.travel = travel
        self.ids = ids
    }

    /// Learns how long the ways are that the next step may ask for.
    func prepare(_ pool: PostgresPool, now: Date) async throws {
        guard travel.knowsRoads else { return }
        let needs = try await pool.withConnection { connection -> TravelNeeds? in
            let (stamp, open) = try await openJobs(connection, locking: false)
            guard !open.isEmpty else { return nil }
            let decider = try await warm.decider(stamp: stamp, now: now, connection)
            let round = DispatchRound(jobs: open, decider: decider, now: now.epoch)
            let board = try await warm.board(
                of: round.possibleMembers, decider.roster, covering: round.range, travel: travel.times, connection)
            return travel.needs(
                sites: round.sites + decider.roster.depots(of: round.possibleMembers),
                places: board.places(of: round.possibleMembers))
        }
        if let needs { await travel.prepare(for: needs) }
    }

    func step(_ session: inout WorkSession) async throws -> Bool {
        let (stamp, open) = try await openJobs(session.connection, locking: true)
        guard !open.isEmpty else { return false }
        let decider = try await warm.decider(stamp: stamp, now: session.now, session.connection)
        let vans = try await VanReading.parts(for: open, session.connection)
        let people = try await PeopleReading.known(for: open, session.connection)
        var round = DispatchRound(
            jobs: open, decider: decider, now: session.now.epoch, vans: vans, people: people)
        let board = try await warm.board(
            of: round.possibleMembers, decider.roster, covering: round.range, travel: travel.times, session.connection)
        let decided = round.decide(on: board).map { (id: ids.next(), verdict: $0) }
        await warm.keep(round.decider)
        if try await makeRoom(for: decided.compactMap { $0.verdict.wish }, stamp, &session) { return true }

        let isStored = try await warm.isStored(decider.roster, session.connection)
        try await session.load(Self.keys(for: decided, storing: isStored ? nil : decider.roster))
        // Whoever changes an engineer that was chosen waits from here on. If one changed before, or the rules did, it is decided
        // anew.
        guard try await RosterReading.currentStamp(session.connection) == stamp else { return true }
        // There may be more; but where nothing could be carried out, the next commit must change something first.
        var goesOn = false
        for (id, verdict) in decided {
            try session.decide(story: verdict.workOrderId) { turn in
                if turn.carryOut(verdict, as: id, on: decider.roster, isStored: isStored) { goesOn = true }
            }
        }
        return goesOn
    }

    /// Gives one of the jobs that nobody could begin in time to somebody for whom others make room, if anybody; the next step
    /// decides about the rest.
    private func makeRoom(
        for wishes: [DispatchRound.RoomWish], _ stamp: Int, _ session: inout WorkSession
    ) async throws -> Bool {
        guard let draft = try await RoomFinder(travel: travel.times, ids: ids).draft(for: wishes, session) else {
            return false
        }
        try await session.load(draft.keys)
        guard try await RosterReading.currentStamp(session.connection) == stamp else { return false }
        var isDone = false
        try session.decide(story: nil) { turn in isDone = turn.carryOut(draft) }
        return isDone
    }

    static func keys(for decided: [(id: UUID, verdict: DispatchRound.Verdict)], storing roster: Roster?) -> Keys {
        var keys = Keys()
        if let roster { keys.need(RosterSnapshot.self, RosterSnapshot.id(of: roster.stamp)) }
        for (id, verdict) in decided {
            keys.need(Job.self, verdict.workOrderId)
            keys.need(DecisionRecord.self, id)
            if case .offer(let choice) = verdict.decision.outcome {
                // His supervisor hears of it where a promise is broken.
                keys.need(Engineer.self, choice.engineerId)
                keys.need(EngineerCalendar.self, choice.engineerId)
                keys.need(Booking.self, id)
                keys.need(Assignment.self, id)
                for helper in choice.helpers {
                    keys.need(Engineer.self, helper.engineerId)
                    keys.need(EngineerCalendar.self, helper.engineerId)
                    keys.need(Booking.self, AssignmentHelper(helper.engineerId, for: id).bookingId)
                }
            }
        }
        return keys
    }

    /// The roster's stamp, and the jobs that wait; those that a handler is just changing are left to the next step.
    private func openJobs(
        _ connection: PostgresConnection, locking: Bool
    ) async throws -> (stamp: Int, jobs: [(id: UUID, job: Job)]) {
        let answers = try await connection.pipeline([
            RosterReading.stamp,
            """
            SELECT id, state FROM job
            WHERE status = 'open' AND (impasse_stamp IS NULL OR impasse_stamp <> (\(fragment: RosterReading.stamp)))
            ORDER BY priority, arrival_due_at, opened_at_ms, id
            LIMIT \(Self.batch) \(fragment: locking ? "FOR UPDATE SKIP LOCKED" : "")
            """,
        ])
        let decoder = WireJSON.decoder()
        let jobs = try answers[1].map { row in
            (
                id: try row.get("id", as: UUID.self),
                job: try row.get("state", as: JSONB.self).decode(Job.self, decoder: decoder)
            )
        }
        return (try answers[0].first?.get("stamp", as: Int.self) ?? 0, jobs)
    }
}

extension Turn {
    /// Turns a verdict into an offer, or records that nobody may go, and keeps why. False when the slot was taken
    /// meanwhile: the job stays open.
    ///
    /// - Parameter isStored: the roster is known to be; else it is looked for, and stored if it is not.
    mutating func carryOut(
        _ verdict: DispatchRound.Verdict, as id: UUID, on roster: Roster, isStored: Bool = false
    ) -> Bool {
        switch verdict.decision.outcome {
        case .offer(let choice):
            guard offer(verdict.workOrderId, to: choice, as: id) else { return false }
            record(verdict, as: id, roster, isStored)
        case .impossible(let deadlock):
            if giveUp(verdict.workOrderId, deadlock, rosterStamp: roster.stamp) {
                record(verdict, as: id, roster, isStored)
            }
        }
        return true
    }

    private mutating func record(
        _ verdict: DispatchRound.Verdict, as id: UUID, _ roster: Roster, _ isStored: Bool
    ) {
        record(verdict, as: id, by: isStored ? nil : roster.ids, RosterSnapshot.id(of: roster.stamp))
    }

    /// Keeps a decision, with what was found about everybody.
    ///
    /// - Parameter engineers: the roster that it had before it, to be stored unless it is; nil where it is known to be.
    mutating func record(_ verdict: DispatchRound.Verdict, as id: UUID, by engineers: [UUID]?, _ rosterId: UUID) {
        if let engineers, get(RosterSnapshot.self, rosterId) == nil {
            set(RosterSnapshot(engineers: engineers), rosterId)
        }
        let round = get(Job.self, verdict.workOrderId)?.round ?? 0
        set(DecisionRecord(verdict, round: round, id: id, rosterId: rosterId, at: now), id)
    }
}
