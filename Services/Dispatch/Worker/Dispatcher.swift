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
    let watched: Set<String> = [Job.table, Engineer.table, Booking.table]
    private let ids: IDGenerator
    private let rosters = RosterCache()
    private static let batch = 100

    init(ids: IDGenerator = .v7) { self.ids = ids }

    func step(_ session: inout WorkSession) async throws -> Bool {
        let (stamp, open) = try await openJobs(session.connection)
        guard !open.isEmpty else { return false }
        let roster = try await rosters.roster(stamp: stamp, session.connection)
        let now = session.now.epoch
        let round = DispatchRound(jobs: open, roster: roster, now: now)
        let bookings = try await bookings(session.connection, of: round.possibleEngineers, in: round.range)
        let decided = round.decide(bookings: bookings).map { (id: ids.next(), verdict: $0) }

        var keys = Keys()
        for (id, verdict) in decided {
            keys.need(Job.self, verdict.workOrderId)
            if case .offer(let choice) = verdict.decision {
                keys.need(EngineerCalendar.self, choice.engineerId)
                keys.need(Booking.self, id)
                keys.need(Assignment.self, id)
            }
        }
        try await session.load(keys)
        // There may be more; but where nothing could be carried out, the next commit must change something first.
        var goesOn = false
        for (id, verdict) in decided {
            try session.decide(story: verdict.workOrderId) { turn in
                if turn.carryOut(verdict, as: id, rosterStamp: stamp) { goesOn = true }
            }
        }
        return goesOn
    }

    /// Grows with every change to an engineer.
    private static let rosterStamp: SQL = "SELECT coalesce(sum(version), 0)::bigint AS stamp FROM engineer"

    /// The roster's stamp, and the jobs that wait; those that a handler is just changing are left to the next step.
    private func openJobs(
        _ connection: PostgresConnection
    ) async throws -> (stamp: Int, jobs: [(id: UUID, job: Job)]) {
        let answers = try await connection.pipeline([
            Self.rosterStamp,
            """
            SELECT id, state FROM job
            WHERE status = 'open' AND (impasse_stamp IS NULL OR impasse_stamp <> (\(fragment: Self.rosterStamp)))
            ORDER BY priority, arrival_due_at, opened_at_ms, id
            LIMIT \(Self.batch) FOR UPDATE SKIP LOCKED
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

    private func bookings(
        _ connection: PostgresConnection, of engineers: [UUID], in range: Span
    ) async throws -> [DispatchRound.Booked] {
        guard !engineers.isEmpty else { return [] }
        let rows = try await connection.query(
            """
            SELECT engineer_id, lower(during) AS start, upper(during) AS stop, latitude, longitude, region
            FROM booking
            WHERE live AND engineer_id = ANY(\(engineers)) AND during && int8range(\(range.start), \(range.end))
            """)
        return try rows.map { row in
            DispatchRound.Booked(
                engineerId: try row.get(at: 0), span: Span(start: try row.get(at: 1), end: try row.get(at: 2)),
                place: Place(
                    latitude: try row.get(at: 3), longitude: try row.get(at: 4), region: try row.get(at: 5)))
        }
    }
}

extension Turn {
    /// Turns a verdict into an offer, or records that nobody may go. False when the slot was taken meanwhile: the job
    /// stays open.
    mutating func carryOut(_ verdict: DispatchRound.Verdict, as assignmentId: UUID, rosterStamp: Int) -> Bool {
        switch verdict.decision {
        case .offer(let choice): return offer(verdict.workOrderId, to: choice, as: assignmentId)
        case .impossible(let deadlock):
            giveUp(verdict.workOrderId, deadlock, rosterStamp: rosterStamp)
            return true
        }
    }
}
