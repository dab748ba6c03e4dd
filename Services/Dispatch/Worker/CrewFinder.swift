import Dispatching
import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// Finds helpers for visits that lack some: the time was moved to when one of them has none, one is ill, or a dispatcher sent
/// somebody to what takes several.
struct CrewFinder: Worker {
    let name = "crew-finder"
    let watched: Set<String> = [
        Assignment.table, Engineer.table, RuleBook.table, CustomerEngineers.table,
    ]
    private let travel: TravelProvider
    private let warm = WarmState()
    private static let batch = 20

    init(travel: TravelProvider = .estimate) { self.travel = travel }

    func step(_ session: inout WorkSession) async throws -> Bool {
        let gaps = try await gaps(session.connection, now: session.now)
        guard !gaps.isEmpty else { return false }
        let stamp = try await RosterReading.currentStamp(session.connection)
        var decider = try await warm.decider(stamp: stamp, now: session.now, session.connection)
        let jobs = gaps.compactMap(\.request)
        let members = decider.possibleHelpers(for: jobs)
        var board = try await warm.board(
            of: members, decider.roster, covering: Board.range(for: jobs, now: session.now.epoch), travel: travel.times,
            session.connection)
        let found = gaps.map { ($0, $0.fill(by: &decider, on: &board, now: session.now.epoch)) }
        await warm.keep(decider)
        try await session.load(Self.keys(for: found))
        guard try await RosterReading.currentStamp(session.connection) == stamp else { return true }
        for (gap, crew) in found {
            try session.decide(story: gap.assignment.workOrderId) { turn in turn.fill(gap, with: crew) }
        }
        // Whoever lacks somebody still is looked at again later.
        return gaps.count == Self.batch
    }

    static func keys(for found: [(CrewGap, FoundCrew?)]) -> Keys {
        var keys = Keys()
        for (gap, crew) in found {
            keys.need(Assignment.self, gap.assignmentId)
            keys.need(Booking.self, gap.assignmentId)
            keys.need(Job.self, gap.assignment.workOrderId)
            keys.need(Engineer.self, gap.assignment.engineerId)
            for helper in crew?.helpers ?? [] {
                keys.need(Engineer.self, helper.engineerId)
                keys.need(EngineerCalendar.self, helper.engineerId)
                keys.need(Booking.self, AssignmentHelper(helper.engineerId, for: gap.assignmentId).bookingId)
            }
        }
        return keys
    }

    /// Visits to come that lack somebody, the next first.
    private func gaps(_ connection: PostgresConnection, now: Date) async throws -> [CrewGap] {
        let rows = try await connection.query(
            """
            SELECT assignment.id, assignment.state AS assignment, job.state AS job,
                lower(booking.during) AS starts, upper(booking.during) AS ends
            FROM assignment JOIN booking ON booking.id = assignment.id JOIN job ON job.id = assignment.work_order_id
            WHERE helpers_missing > 0 AND assignment.status IN ('offered', 'accepted')
                AND lower(booking.during) > \(now.epoch)
                AND coalesce(assignment.state->>'helpersSoughtAfter', '') <= \(RFC3339.format(now))
            ORDER BY starts, assignment.id LIMIT \(Self.batch)
            FOR UPDATE OF assignment SKIP LOCKED
            """)
        let decoder = WireJSON.decoder()
        var gaps = try rows.map { row in
            CrewGap(
                assignmentId: try row.get("id"),
                assignment: try row.get("assignment", as: JSONB.self).decode(Assignment.self, decoder: decoder),
                job: try row.get("job", as: JSONB.self).decode(Job.self, decoder: decoder),
                span: Span(start: try row.get("starts"), end: try row.get("ends")))
        }
        let people = try await PeopleReading.known(
            for: gaps.map { ($0.assignment.workOrderId, $0.job) }, connection)
        for index in gaps.indices { gaps[index].people = people[gaps[index].assignment.workOrderId] }
        return gaps
    }
}

/// A visit that lacks helpers.
struct CrewGap: Sendable {
    let assignmentId: UUID
    let assignment: Assignment
    let job: Job
    /// When the visit is.
    let span: Span
    /// What is known of engineers at its customer and device; nil as nothing.
    var people: KnownPeople?

    /// The job, its time settled; nil when it needs nobody any more.
    var request: JobRequest? {
        var request = job.request(
            assignment.workOrderId, promised: Arrivals(earliest: span.start, latest: span.start))
        if let people { request?.consider(people) }
        return request
    }

    func fill(by decider: inout Decider, on board: inout Board, now: Int) -> FoundCrew? {
        request.flatMap {
            decider.findHelpers(for: $0, at: span, besides: assignment.everybody, on: &board, now: now)
        }
    }
}

extension Turn {
    private static let seekAgainAfter: TimeInterval = 30 * 60

    /// Gives a visit the helpers that were found. Where some are missing still, a supervisor hears of it, once for each
    /// time that it comes to lack them, and others are looked for later.
    mutating func fill(_ gap: CrewGap, with crew: FoundCrew?) {
        let id = gap.assignmentId
        guard var assignment = get(Assignment.self, id), assignment == gap.assignment,
            let booked = get(Booking.self, id), booked.span == gap.span
        else { return }
        guard let crew else {
            // No rule asks for several any more.
            assignment.helpersMissing = nil
            return set(assignment, id)
        }
        let lead = CalendarEntry(
            assignmentId: id, workOrderId: assignment.workOrderId, span: booked.span, place: booked.place)
        let helpers = crew.helpers.map { AssignmentHelper($0.engineerId, for: id) }
            .filter { book($0.entry(beside: lead), of: $0.engineerId) }
        assignment.take(helpers, because: crew.explanation)
        let isNews = assignment.helpersSoughtAfter == nil
        let isShort = assignment.helpersMissing ?? 0 > 0
        assignment.helpersSoughtAfter = isShort ? now.addingTimeInterval(Self.seekAgainAfter) : nil
        set(assignment, id)
        if helpers.isEmpty {
            note("helpers-sought", about: Assignment.self, id)
        } else {
            tellCrew(assignment, id, booked: booked.span)
        }
        if isShort, isNews { escalateGap(in: assignment, id, crew) }
    }

    private mutating func escalateGap(in assignment: Assignment, _ id: UUID, _ crew: FoundCrew) {
        escalate(
            assignment.workOrderId, assignment.workOrderNumber, engineerId: assignment.engineerId,
            CodedReason(
                code: "helpers_missing",
                parameters: [
                    "assignmentId": id.text, "rule": crew.explanation.rule,
                    "missing": String(assignment.helpersMissing ?? 0),
                ]))
    }
}
