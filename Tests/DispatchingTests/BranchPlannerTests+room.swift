import DomainContracts
import Foundation
import Testing

@testable import Dispatching

/// Jobs that nobody could begin in time unless others make room.
extension BranchPlannerTests {
    /// An hour's work for who has some skill.
    private func newcomer(at north: Int = 0, priority: Priority = .p1, skill: String? = "hvac") -> JobRequest {
        JobRequest(
            workOrderId: id(99), place: place(north), seconds: 3600,
            range: Span(start: Self.now, end: Self.now + Planning.horizonSeconds), priority: priority,
            required: skill.map { [SkillLevel(skill: $0, level: 2)] } ?? [])
    }

    private func room(
        for job: JobRequest, from earliest: Double, to latest: Double, _ visits: [BranchDay.Visit], _ people: [Person]
    ) throws -> Room? {
        let arrivals = Arrivals(earliest: at(earliest), latest: at(latest))
        var planner = BranchPlanner(CompiledRules(try RuleSet(Self.rules, version: 1), Roster(people)))
        return try planner.room(
            for: job.beginning(arrivals), arrivals,
            on: BranchDay(now: Self.now, engineers: people.map(\.id), visits: visits, travel: .estimate))
    }

    @Test("a visit of who gets it begins later, within what was promised, and nobody else is touched")
    func roomByMoving() throws {
        let people = [person(1), person(2, skills: [:])]
        let visits = [
            visit(11, of: 1, at: 0, planned: 11, window: (11, 14)),
            visit(12, of: 1, at: 0, planned: 14, window: (14, 16)),
        ]
        let room = try #require(try room(for: newcomer(), from: 10.25, to: 11, visits, people))
        #expect(room.engineerId == id(1) && room.span == Span(start: at(10.25), end: at(11.25)))
        #expect(room.plan.changes.map(\.assignmentId) == [id(11)])
        #expect(room.plan.changes.first?.span == Span(start: at(11.25), end: at(12.25)))
        #expect(room.plan.changes.allSatisfy { !$0.isHandOver })
    }

    @Test("of several ways the one that moves fewest visits is taken")
    func fewestMoves() throws {
        let people = [person(1), person(2, at: place(3))]
        let visits = [
            visit(11, of: 1, at: 0, planned: 11, window: (11, 14)),
            visit(12, of: 1, at: 0, planned: 12, window: (12, 15)),
            visit(21, of: 2, at: 0, planned: 11, window: (11, 14)),
        ]
        let room = try #require(try room(for: newcomer(), from: 10.25, to: 11, visits, people))
        #expect(room.engineerId == id(2) && room.plan.changes.map(\.assignmentId) == [id(21)])
    }

    @Test("where moving helps nobody, one visit goes to somebody else who may have it and is on duty")
    func roomByHandingOver() throws {
        let people = [person(1), person(2, skills: [:])]
        let visits = [visit(11, of: 1, at: 0, planned: 11, window: (11, 11.5))]
        let room = try #require(try room(for: newcomer(), from: 10.5, to: 11, visits, people))
        #expect(room.engineerId == id(1) && room.span.start == at(10.5))
        let change = try #require(room.plan.changes.first)
        #expect(room.plan.changes.count == 1 && change.isHandOver)
        #expect(change.from == id(1) && change.to == id(2) && change.span.start == at(11))
    }

    @Test("a promise, a rule, a limit or a greater urgency is in the way: there is no room")
    func noRoom() throws {
        let others = [person(1), person(2, skills: [:])]
        func room(_ visits: [BranchDay.Visit], _ people: [Person] = others, _ priority: Priority = .p1) throws -> Room?
        {
            try self.room(for: newcomer(priority: priority), from: 10.5, to: 11, visits, people)
        }
        let tight = visit(11, of: 1, at: 0, planned: 11, window: (11, 11.5))
        #expect(try room([tight]) != nil)
        // Nobody else is there, or may do it.
        #expect(try room([tight], [person(1)]) == nil)
        #expect(try room([visit(11, of: 1, at: 0, planned: 11, window: (11, 11.5), skill: "hvac")]) == nil)
        // It is pinned, or begins within the hour.
        #expect(try room([visit(11, of: 1, at: 0, planned: 11, window: nil)]) == nil)
        #expect(try room([visit(11, of: 1, at: 0, planned: 10.9, window: (10.75, 11.5))]) == nil)
        // What is less urgent does not push away what is more urgent, and is no reason to work longer than the day's limit.
        #expect(try room([tight], others, .p4) == nil)
        var full = others
        full[1].visitsPerDay = 0
        #expect(try room([tight], full) == nil)
        // Whoever has the skill but no shift that day.
        #expect(try self.room(for: newcomer(), from: 18, to: 20, [], others) == nil)
    }

    @Test("the reasons name who got it and how many gave way; of a visit handed over, for which order")
    func reasonsOfRoom() throws {
        let people = [person(1), person(2, skills: [:])]
        let visits = [visit(11, of: 1, at: 0, planned: 11, window: (11, 11.5))]
        let job = newcomer()
        let arrivals = Arrivals(earliest: at(10.5), latest: at(11))
        let day = BranchDay(now: Self.now, engineers: people.map(\.id), visits: visits, travel: .estimate)
        var planner = BranchPlanner(CompiledRules(try RuleSet(Self.rules, version: 1), Roster(people)))
        guard let room = try planner.room(for: job.beginning(arrivals), arrivals, on: day),
            let change = room.plan.changes.first,
            let own = planner.decision(on: room, for: job, day), case .offer(let first) = own.outcome,
            let handed = planner.decision(on: change, of: room.plan, day, because: "WO-1"),
            case .offer(let second) = handed.outcome
        else {
            Issue.record("nobody was offered it")
            return
        }
        #expect(first.engineerId == id(1) && first.explanation.visitsMoved == 1)
        #expect(first.explanation.madeRoomFor == nil && first.explanation.daySavedMinutes == nil)
        #expect(first.explanation.ranking.first?.engineerId == id(1))
        #expect(own.excludedBy[id(2)] == "skill")
        #expect(second.engineerId == id(2) && second.explanation.madeRoomFor == "WO-1")
        #expect(second.explanation.visitsMoved == nil && second.explanation.daySavedMinutes == nil)
    }

    @Test("whatever the day, room keeps every promise, every rule and every way")
    func randomRooms() throws {
        var found = (moving: 0, handing: 0)
        for seed in UInt64(1)...60 {
            let (visits, people) = randomDay(seed)
            var dice = Dice(seed: seed &+ 1_000)
            let from = 10.25 + Double(dice.next(10)) / 2
            let north = dice.next(41) - 20
            guard let room = try room(for: newcomer(at: north), from: from, to: from + 0.75, visits, people) else {
                continue
            }
            if room.plan.changes.contains(where: \.isHandOver) { found.handing += 1 } else { found.moving += 1 }
            #expect(room.span.start >= at(from) && room.span.start <= at(from + 0.75))
            #expect(people.first { $0.id == room.engineerId }?.skills.contains { $0.level >= 2 } == true)
            check(room.plan, visits, people)
            // Whoever is late for what cannot be moved comes from there later.
            let day = BranchDay(now: Self.now, engineers: people.map(\.id), visits: visits, travel: .estimate)
            checkWays(of: room, at: north, day.asExpected(Roster(people)).visits)
        }
        #expect(found.moving > 5 && found.handing > 2)
    }

    /// Whoever gets the job gets to it, and from it to his next visit.
    private func checkWays(of room: Room, at north: Int, _ visits: [BranchDay.Visit]) {
        let site = TravelPoint(place(north))
        // Where he was before he is now says nothing.
        for visit in visits where visit.span.end > Self.now {
            let change = room.plan.changes.first { $0.assignmentId == visit.assignmentId }
            guard change?.to ?? visit.engineerId == room.engineerId else { continue }
            let span = change?.span ?? visit.span
            let isBefore = span.start < room.span.start
            let (one, next) = isBefore ? (span, room.span) : (room.span, span)
            let way = TravelTimes.estimate.seconds(
                from: isBefore ? visit.site : site, to: isBefore ? site : visit.site, leaving: one.end)
            #expect(one.end + Int(way) <= next.start)
        }
    }
}
