import Dispatching
import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// The rules in force, or those of an earlier version.
struct ShowRules: QueryHandler {
    func answer(_ query: RulesQuery, on connection: PostgresConnection) async throws -> RulesAnswer {
        let current = try await RosterReading.ruleSet(connection)
        let version = query.ruleSetVersion ?? current.version
        let rows = try await connection.query("SELECT state FROM rule_set WHERE rule_set_version = \(version)")
        if let row = rows.first {
            let published = try row.get("state", as: JSONB.self).decode(
                PublishedRules.self, decoder: WireJSON.decoder())
            return RulesAnswer(
                ruleSetVersion: version, rules: published.rules, publishedAt: published.publishedAt,
                publishedBy: published.publishedBy)
        }
        return RulesAnswer(
            ruleSetVersion: version,
            rules: version == RuleSet.standardVersion ? RuleSet.standardDocument : nil)
    }
}

/// Replays a period's work orders under other rules.
struct DryRunRules: QueryHandler {
    var travel = TravelProvider.estimate

    func answer(_ query: SimulateRules, on connection: PostgresConnection) async throws -> RulesSimulated {
        let current = try await RosterReading.ruleSet(connection)
        var draft = current
        if let rules = query.rules {
            do {
                draft = try RuleSet(rules, version: current.version + 1)
            } catch {
                return .refused(error.list)
            }
        }
        let (arrivals, isCutOff) = try await self.arrivals(query, connection)
        let people = try await RosterReading.engineers(connection).sorted { $0.id < $1.id }
        let roster = Roster(
            people.map { $0.engineer.person($0.id, at: arrivals.first.map { Date(epoch: $0.at) } ?? .distantPast) })
        let booked = try await bookings(before: arrivals.first?.at, connection)
        let replay = Replay(roster: roster, arrivals: arrivals, booked: booked, travel: travel.times)
        return RulesSimulated(
            comparing: replay.run(current), with: replay.run(draft), arrivals, isCutOff: isCutOff,
            names: people.map { ($0.id, $0.engineer.name) })
    }

    private func arrivals(
        _ query: SimulateRules, _ connection: PostgresConnection
    ) async throws -> (arrivals: [Replay.Arrival], isCutOff: Bool) {
        let most = RulesSimulated.mostWorkOrders
        let from = query.from.map(RFC3339.format) ?? ""
        let to = query.to.map(RFC3339.format) ?? "9999"
        let rows = try await connection.query(
            """
            SELECT id, state FROM job WHERE received_at >= \(from) AND received_at < \(to)
                AND state->'origin'->'firstNeed' IS NOT NULL
            ORDER BY received_at, id LIMIT \(most + 1)
            """)
        let decoder = WireJSON.decoder()
        let jobs = try rows.prefix(most).map { row in
            (
                id: try row.get("id", as: UUID.self),
                job: try row.get("state", as: JSONB.self).decode(Job.self, decoder: decoder)
            )
        }
        let people = try await PeopleReading.known(for: jobs, connection)
        let arrivals = jobs.compactMap { id, job -> Replay.Arrival? in
            guard var request = job.firstRequest(id), let origin = job.origin else { return nil }
            // Whom customers want is taken as it is today; who had been there by then is not known any more.
            if let known = people[id] {
                request.consider(KnownPeople(preferred: known.preferred, excluded: known.excluded))
            }
            return Replay.Arrival(number: job.workOrderNumber, at: origin.receivedAt.epoch, job: request)
        }
        return (arrivals, rows.count > most)
    }

    /// What was booked before the first order came, and reaches beyond that.
    private func bookings(
        before first: Int?, _ connection: PostgresConnection
    ) async throws -> [(engineerId: UUID, stop: Timeline.Stop)] {
        guard let first else { return [] }
        let rows = try await connection.query(
            """
            SELECT booking.engineer_id, lower(during), upper(during), latitude, longitude, region
            FROM booking JOIN assignment ON assignment.id = booking.assignment_id
            WHERE live AND upper(during) > \(first) AND offered_at < \(RFC3339.format(Date(epoch: first)))
            """)
        return try rows.map { row in
            let place = Place(latitude: try row.get(at: 3), longitude: try row.get(at: 4), region: try row.get(at: 5))
            let span = Span(start: try row.get(at: 1), end: try row.get(at: 2))
            return (try row.get(at: 0), Timeline.Stop(span: span, point: TravelPoint(place)))
        }
    }
}
