import Dispatching
import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// The rules, the engineers and their calendars as decisions see them, kept from step to step.
///
/// What is kept is compared by versions and read again where it changed, whoever changed it: another copy's transactions
/// and our own alike. What is decided on it is checked once more by the calendars themselves, under their locks.
actor WarmState {
    private var decider: Decider?
    private var board: Board?
    /// On which the roster was made: skills end.
    private var day = 0
    /// Of each member's calendar, as far as it is on the board.
    private var versions: [Int] = []
    /// Stamp of the roster that was found stored.
    private var storedStamp: Int?

    /// Whether a committed step has stored the roster, so that no other reads it again.
    func isStored(_ roster: Roster, _ connection: PostgresConnection) async throws -> Bool {
        if storedStamp == roster.stamp { return true }
        let id = RosterSnapshot.id(of: roster.stamp)
        let rows = try await connection.query("SELECT 1 FROM roster_snapshot WHERE id = \(id)")
        guard !rows.isEmpty else { return false }
        storedStamp = roster.stamp
        return true
    }

    /// The rules in force for the engineers there are, as they are today.
    func decider(stamp: Int, now: Date, _ connection: PostgresConnection) async throws -> Decider {
        let today = now.epoch / 86_400
        if let decider, decider.roster.stamp == stamp, day == today { return decider }
        day = today
        let people = try await RosterReading.engineers(connection).map { $0.engineer.person($0.id, at: now) }
        let decider = Decider(
            CompiledRules(try await RosterReading.ruleSet(connection), Roster(people, stamp: stamp)))
        keep(decider)
        board = nil
        return decider
    }

    /// Keeps what the rules have worked out meanwhile.
    func keep(_ decider: Decider) { self.decider = decider }

    /// The board with the bookings of these members as they are now; the others' may be old.
    func board(
        of members: [Int], _ roster: Roster, covering range: Span, travel: TravelTimes,
        _ connection: PostgresConnection
    ) async throws -> Board {
        var board =
            board.flatMap { $0.range.contains(range) ? $0 : nil } ?? fresh(roster, covering: range, travel)
        board.travel = travel
        for row in try await changedCalendars(of: members, roster, connection) {
            guard let member = roster.position(of: try row.get(at: 0)) else { continue }
            let calendar = try row.get(at: 2, as: JSONB.self).decode(
                EngineerCalendar.self, decoder: WireJSON.decoder())
            board.set(calendar.stops, of: member)
            versions[member] = try row.get(at: 1)
        }
        self.board = board
        return board
    }

    /// Whole days, some to come, so that it lasts.
    private func fresh(_ roster: Roster, covering range: Span, _ travel: TravelTimes) -> Board {
        versions = Array(repeating: 0, count: roster.count)
        let day = 86_400
        let start = range.start / day * day
        return Board(roster, range: Span(start: start, end: (range.end / day + 2) * day), travel: travel)
    }

    private func changedCalendars(
        of members: [Int], _ roster: Roster, _ connection: PostgresConnection
    ) async throws -> [PostgresRow] {
        guard !members.isEmpty else { return [] }
        return try await connection.query(
            """
            SELECT calendar.id, calendar.version, calendar.state
            FROM unnest(\(members.map { roster.id(of: $0) })::uuid[], \(members.map { versions[$0] })::bigint[])
                AS known (id, version)
            JOIN engineer_calendar AS calendar ON calendar.id = known.id AND calendar.version <> known.version
            """)
    }
}
