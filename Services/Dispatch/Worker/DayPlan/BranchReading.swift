import Dispatching
import DomainContracts
import Foundation
import Postgres
import ServiceKit

/// A branch as it stands, read without locks: what is decided on it looks at the calendars' versions once more.
struct BranchReading: Sendable {
    let branch: String
    let rules: CompiledRules
    var day: BranchDay
    /// Of the calendars, by engineer; 0 where there is none yet.
    let calendarVersions: [UUID: Int]
    /// Of the coming visits, by assignment.
    let workOrders: [UUID: UUID]
    /// Of all engineers and the rules; 0 where nobody compares it.
    var rosterStamp = 0
}

extension BranchReading {
    /// All branches; a stamp changes with whatever is booked there, with who works there, and with the rules.
    static func branches(_ connection: PostgresConnection) async throws -> [(name: String, stamp: Int)] {
        let rows = try await connection.query(
            """
            SELECT branch,
                (coalesce(sum(calendar.version), 0) + sum(engineer.version)
                    + (SELECT coalesce(sum(version), 0) FROM rule_book))::bigint AS stamp
            FROM engineer LEFT JOIN engineer_calendar AS calendar ON calendar.id = engineer.id
            GROUP BY branch ORDER BY branch
            """)
        return try rows.map { (try $0.get("branch"), try $0.get("stamp")) }
    }

    init(_ branch: String, _ connection: PostgresConnection, now: Date, travel: TravelTimes) async throws {
        self.branch = branch
        rosterStamp = try await RosterReading.currentStamp(connection)
        let decoder = WireJSON.decoder()
        let people = try await connection.query(
            """
            SELECT engineer.id, engineer.state AS engineer, calendar.version, calendar.state AS calendar
            FROM engineer LEFT JOIN engineer_calendar AS calendar ON calendar.id = engineer.id
            WHERE branch = \(branch)
            """)
        var persons: [Person] = []
        var calendars: [UUID: EngineerCalendar] = [:]
        var versions: [UUID: Int] = [:]
        for row in people {
            let id = try row.get("id", as: UUID.self)
            let engineer = try row.get("engineer", as: JSONB.self).decode(Engineer.self, decoder: decoder)
            persons.append(engineer.person(id, at: now))
            versions[id] = try row.get("version", as: Int?.self) ?? 0
            calendars[id] = try row.get("calendar", as: JSONB?.self)?
                .decode(EngineerCalendar.self, decoder: decoder)
        }
        calendarVersions = versions
        rules = CompiledRules(try await RosterReading.ruleSet(connection), Roster(persons))
        let coming = calendars.values.flatMap(\.entries).filter { $0.span.start > now.epoch }
        let jobs = try await Self.jobs(of: coming.map(\.assignmentId), connection)
        let planned = jobs.values.map { (id: $0.assignment.workOrderId, job: $0.job) }
        let vans = try await VanReading.parts(for: planned, connection)
        let known = try await PeopleReading.known(for: planned, connection)
        workOrders = Dictionary(coming.map { ($0.assignmentId, $0.workOrderId) }) { first, _ in first }
        day = BranchDay(
            now: now.epoch, engineers: Array(versions.keys),
            visits: Self.visits(calendars, jobs, rules, vans, known), travel: travel)
    }

    /// What is booked in some calendars.
    ///
    /// - Parameters:
    ///   - jobs: what the planner may do something with, by assignment.
    ///   - vans: by work order, the parts that it takes, and who has them.
    ///   - people: by work order, what is known of engineers at its customer and device.
    static func visits(
        _ calendars: [UUID: EngineerCalendar], _ jobs: [UUID: (assignment: Assignment, job: Job)],
        _ rules: CompiledRules, _ vans: [UUID: PartsInVans] = [:], _ people: [UUID: KnownPeople] = [:]
    ) -> [BranchDay.Visit] {
        func visit(_ entry: CalendarEntry, of engineerId: UUID) -> BranchDay.Visit {
            entry.visit(of: engineerId, jobs[entry.assignmentId], vans[entry.workOrderId], people[entry.workOrderId])
        }
        let own = calendars.flatMap { id, calendar in
            calendar.entries.filter { $0.helps == nil }.map { visit($0, of: id) }
        }
        let leads = Dictionary(own.map { ($0.assignmentId, $0) }) { first, _ in first }
        let helping = calendars.flatMap { id, calendar in
            calendar.entries.compactMap { entry in
                entry.helps.map { entry.visit(of: id, helping: leads[$0], jobs[$0]?.assignment, rules) }
            }
        }
        return own + helping
    }

    /// What the planner may do something with: accepted, and not sent by hand.
    private static func jobs(
        of assignments: [UUID], _ connection: PostgresConnection
    ) async throws -> [UUID: (assignment: Assignment, job: Job)] {
        guard !assignments.isEmpty else { return [:] }
        let rows = try await connection.query(
            """
            SELECT assignment.id, assignment.state AS assignment, job.state AS job
            FROM assignment JOIN job ON job.id = assignment.work_order_id
            WHERE assignment.id = ANY(\(assignments)) AND assignment.status = 'accepted' AND job.status = 'accepted'
            """)
        let decoder = WireJSON.decoder()
        return try rows.reduce(into: [:]) { jobs, row in
            jobs[try row.get("id", as: UUID.self)] = (
                try row.get("assignment", as: JSONB.self).decode(Assignment.self, decoder: decoder),
                try row.get("job", as: JSONB.self).decode(Job.self, decoder: decoder)
            )
        }
    }
}

extension CalendarEntry {
    /// As the day plan sees it.
    ///
    /// - Parameters:
    ///   - known: what it is for; nil where it is not to be touched.
    ///   - vans: the parts that it takes, and who has them.
    ///   - people: what is known of engineers at its customer and device.
    fileprivate func visit(
        of engineerId: UUID, _ known: (assignment: Assignment, job: Job)?, _ vans: PartsInVans?,
        _ people: KnownPeople?
    ) -> BranchDay.Visit {
        BranchDay.Visit(
            assignmentId: assignmentId, engineerId: engineerId, span: expected, site: TravelPoint(place),
            freedom: known.flatMap { freedom($0.assignment, $0.job, vans, people) }, promised: arrivals,
            vans: known == nil ? nil : vans, acceptedAt: known?.assignment.acceptedAt?.epoch,
            helpers: known?.assignment.helpers?.map(\.bookingId) ?? [])
    }

    /// The same of who helps: whom the rules asked for may be another, whom a dispatcher named not.
    ///
    /// - Parameters:
    ///   - lead: the visit with which he helps; nil where that is another branch's.
    ///   - assignment: its assignment; nil where it is not to be touched.
    fileprivate func visit(
        of engineerId: UUID, helping lead: BranchDay.Visit?, _ assignment: Assignment?, _ rules: CompiledRules
    ) -> BranchDay.Visit {
        let asked = assignment?.isByTheRules(engineerId) ?? false
        let freedom = lead?.freedom.map { freedom in
            BranchDay.Freedom(
                arrivals: freedom.arrivals,
                job: freedom.job.helping(with: rules.ruleSet.helperSkills(for: freedom.job)),
                staysWithHim: !asked || rules.ruleSet.helpersWanted(for: freedom.job) == 0)
        }
        return BranchDay.Visit(
            assignmentId: assignmentId, engineerId: engineerId, span: expected, site: TravelPoint(place),
            freedom: freedom, helps: helps)
    }

    private func freedom(
        _ assignment: Assignment, _ job: Job, _ vans: PartsInVans?, _ people: KnownPeople?
    ) -> BranchDay.Freedom? {
        guard let arrivals, assignment.isFree, job.activeAssignmentId == assignmentId,
            var request = job.request(workOrderId, promised: arrivals)
        else { return nil }
        request.vans = vans
        if let people { request.consider(people) }
        // Who answers for a visit of several has talked with the others.
        let leads = !(assignment.helpers ?? []).isEmpty
        return BranchDay.Freedom(arrivals: arrivals, job: request, staysWithHim: leads)
    }
}
