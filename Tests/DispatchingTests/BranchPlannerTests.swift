import DomainContracts
import Foundation
import Routing
import Testing

@testable import Dispatching

struct BranchPlannerTests {
    /// Monday, 10:00: everybody is on duty, from eight to five.
    static let now = monday + 2 * 3600
    static let rules: DispatchRules = RuleSet.standardDocument

    /// By the clock on Monday.
    func at(_ hour: Double) -> Int { monday + Int((hour - 8) * 3600) }

    /// A visit promised for two hours, an hour long.
    func visit(
        _ number: UInt8, of engineer: UInt8, at north: Int, planned: Double, window: (Double, Double)?,
        skill: String? = nil, due: Double? = nil
    ) -> BranchDay.Visit {
        let required = skill.map { [SkillLevel(skill: $0, level: 2)] } ?? []
        let job = JobRequest(
            workOrderId: id(number), place: place(north), seconds: 3600,
            range: Span(start: Self.now, end: Self.now + Planning.horizonSeconds), dueAt: due.map(at),
            priority: .p3, required: required)
        return BranchDay.Visit(
            assignmentId: id(number), engineerId: id(engineer), span: Span(start: at(planned), end: at(planned) + 3600),
            site: TravelPoint(place(north)),
            freedom: window.map {
                BranchDay.Freedom(arrivals: Arrivals(within: Span(start: at($0.0), end: at($0.1))), job: job)
            })
    }

    func plan(
        _ visits: [BranchDay.Visit], _ people: [Person], now: Int = now, rounds: Int = 3_000,
        rules: DispatchRules = rules
    ) throws -> DayPlan? {
        let rules = CompiledRules(try RuleSet(rules, version: 1), Roster(people))
        var planner = BranchPlanner(rules)
        return try planner.plan(
            BranchDay(now: now, engineers: people.map(\.id), visits: visits, travel: .estimate),
            budget: .rounds(rounds), seed: 1)
    }

    @Test("two who cross the town for each other's neighbours exchange them")
    func exchange() throws {
        let people = [person(1, at: place(-10)), person(2, at: place(10))]
        let plan = try #require(
            try plan(
                [
                    visit(11, of: 1, at: 11, planned: 12, window: (12, 14)),
                    visit(12, of: 2, at: -11, planned: 12, window: (12, 14)),
                ], people))
        #expect(Set(plan.changes.map { [$0.assignmentId, $0.to] }) == [[id(11), id(2)], [id(12), id(1)]])
        #expect(plan.travelAfter < plan.travelBefore)
        #expect(plan.changes.allSatisfy { (at(12)...at(13.75)).contains($0.span.start) })
    }

    @Test("what saves less than a hand-over costs is left as it is")
    func notWorthIt() throws {
        let people = [person(1, at: place(-1)), person(2, at: place(1))]
        #expect(
            try plan(
                [
                    visit(11, of: 1, at: 1, planned: 12, window: (12, 14)),
                    visit(12, of: 2, at: -1, planned: 12, window: (12, 14)),
                ], people) == nil)
    }

    @Test("who has much to do is relieved by who has little, where the rules make load dear enough")
    func balance() throws {
        let people = [person(1), person(2)]
        let visits = [
            visit(11, of: 1, at: 1, planned: 11.5, window: (11, 13)),
            visit(12, of: 1, at: 1, planned: 13, window: (12.5, 14.5)),
            visit(13, of: 1, at: 1, planned: 14.5, window: (14, 16)),
            visit(14, of: 1, at: 1, planned: 15.9, window: (15, 17)),
        ]
        #expect(try plan(visits, people) == nil)
        var dear = Self.rules
        for index in dear.soft.indices where dear.soft[index].rule == "load" { dear.soft[index].cost = .int(100) }
        let shared = try #require(try plan(visits, people, rules: dear))
        // Three and one: a second hand-over would cost more than it evens out.
        #expect(shared.changes.filter(\.isHandOver).map(\.to) == [id(2)])
        // His ways cost what they cost.
        #expect(shared.travelAfter > shared.travelBefore)
    }

    @Test("nobody is given what a hard rule keeps him from, nor while he is off duty")
    func hardRules() throws {
        let unskilled = [person(1, at: place(-10)), person(2, at: place(10), skills: ["hvac": 1])]
        let visits = [
            visit(11, of: 1, at: 11, planned: 12, window: (12, 14), skill: "hvac"),
            visit(12, of: 1, at: -11, planned: 14, window: (14, 16)),
        ]
        #expect(try plan(visits, unskilled) == nil)
        let skilled = [person(1, at: place(-10)), person(2, at: place(10))]
        #expect(try plan(visits, skilled)?.changes.map(\.to) == [id(2)])
        // Nor what his skill does not last for.
        var ending = skilled
        ending[1].skills = [SkillLevel(skill: "hvac", level: 3, validUntil: Date(epoch: at(13)))]
        #expect(try plan(visits, ending) == nil)
        // On the evening before nobody is asked.
        #expect(try plan(visits, skilled, now: monday - 12 * 3600) == nil)
    }

    @Test("what is pinned, or begins within the hour, stays where it is and with whom it is")
    func pinned() throws {
        let people = [person(1, at: place(-10)), person(2, at: place(10))]
        #expect(try plan([visit(11, of: 1, at: 11, planned: 12, window: nil)], people) == nil)
        #expect(try plan([visit(11, of: 1, at: 11, planned: 10.9, window: (10.9, 14))], people) == nil)
        #expect(try plan([visit(11, of: 1, at: 11, planned: 11.1, window: (11, 14))], people) != nil)
    }

    @Test("of a branch that is too large for one plan a neighbourhood is planned, each time another one")
    func neighbourhoods() throws {
        let people = (1...800).map { number in
            var engineer = person(1, at: place(number))
            engineer.id = UUID(
                uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, UInt8(number / 256), UInt8(number % 256)))
            return engineer
        }
        let roster = Roster(people)
        let day = BranchDay(now: Self.now, engineers: people.map(\.id), visits: [], travel: .estimate)
        let shifts = DutyShift.all(of: day, roster)
        #expect(shifts.count * 2 > DayPlanning.mostPlaces)
        let chosen = [1, 700].map { DutyShift.neighbourhood(of: shifts, $0, by: .estimate) }
        for shifts in chosen {
            #expect(shifts.count == DayPlanning.mostPlaces / 2)
            let members = shifts.map(\.member).sorted()
            #expect(members[members.count - 1] - members[0] < 2 * members.count)
        }
        #expect(Set(chosen[0].map(\.member)) != Set(chosen[1].map(\.member)))
        let few = Array(shifts.prefix(20))
        #expect(DutyShift.neighbourhood(of: few, 1, by: .estimate).count == 20)
    }

    @Test("an order that goes to and fro is put right within the windows, without any hand-over")
    func reordered() throws {
        let visits = [
            visit(11, of: 1, at: 10, planned: 11.5, window: (11, 17)),
            visit(12, of: 1, at: -10, planned: 13.5, window: (11, 17)),
            visit(13, of: 1, at: 10, planned: 15.5, window: (11, 17)),
        ]
        let plan = try #require(try plan(visits, [person(1)]))
        #expect(plan.changes.allSatisfy { !$0.isHandOver })
        let order = self.order(visits, plan)
        #expect(
            order == [id(11), id(13), id(12)] || order == [id(12), id(11), id(13)] || order == [id(12), id(13), id(11)]
                || order == [id(13), id(11), id(12)])
    }

    private func order(_ visits: [BranchDay.Visit], _ plan: DayPlan) -> [UUID] {
        let starts = visits.map { visit in
            (visit.assignmentId, plan.changes.first { $0.assignmentId == visit.assignmentId }?.span ?? visit.span)
        }
        return starts.sorted { $0.1.start < $1.1.start }.map(\.0)
    }

    @Test("who overruns keeps what he can still make, and the rest goes to others")
    func overrun() throws {
        // At half past eleven he is still at work that was to end at eleven; the next was promised until noon.
        let people = [person(1), person(2)]
        var running = visit(10, of: 1, at: 0, planned: 8, window: nil)
        running.span.end = at(12.5)
        let visits = [
            running, visit(11, of: 1, at: 0, planned: 11.5, window: (11.25, 12.25)),
            visit(12, of: 1, at: 0, planned: 13, window: (13, 15)),
        ]
        let plan = try #require(try plan(visits, people))
        #expect(plan.changes.contains { $0.assignmentId == id(11) && $0.to == id(2) })
        #expect(!plan.changes.contains { $0.assignmentId == id(12) && $0.isHandOver })
    }

    @Test("what two visits that nobody can both make leave of a day is planned, and the others are")
    func hopeless() throws {
        let people = [person(1), person(2), person(3, at: place(-10)), person(4, at: place(10))]
        // Both at once, pinned: nobody can do that. The second will be late.
        let visits = [
            visit(11, of: 1, at: 0, planned: 13, window: nil), visit(12, of: 1, at: 5, planned: 13.5, window: nil),
            visit(13, of: 1, at: 5, planned: 15, window: (15, 17)),
            visit(21, of: 3, at: 11, planned: 12, window: (12, 14)),
            visit(22, of: 4, at: -11, planned: 12, window: (12, 14)),
        ]
        let plan = try #require(try plan(visits, people))
        #expect(Set(plan.changes.map(\.assignmentId)).subtracting([id(13)]) == [id(21), id(22)])
    }

    @Test("a visit is moved out of a break, and none into it")
    func breaks() throws {
        let visits = [
            visit(11, of: 1, at: 0, planned: 11.5, window: (11, 14)),
            visit(12, of: 1, at: 0, planned: 14, window: (12, 16)),
        ]
        let plan = try #require(try plan(visits, [person(1, lunch: (12, 1))]))
        #expect(plan.changes.map(\.assignmentId) == [id(11)])
        #expect(plan.changes.first.map { [at(11), at(13)].contains($0.span.start) } == true)
        let fixed = [
            visit(11, of: 1, at: 0, planned: 11.5, window: nil), visit(12, of: 1, at: 0, planned: 14, window: (12, 16)),
        ]
        #expect(try self.plan(fixed, [person(1, lunch: (12, 1))]) == nil)
    }

    @Test("whatever the day, a plan keeps every promise, every rule and every way", arguments: 1...25)
    func randomDays(seed: UInt64) throws {
        let (visits, people) = randomDay(seed)
        guard let plan = try plan(visits, people) else { return }
        #expect(!plan.changes.isEmpty)
        check(plan, visits, people)
    }

    /// Six engineers, half of them skilled, each with some visits that he can make.
    func randomDay(_ seed: UInt64) -> (visits: [BranchDay.Visit], people: [Person]) {
        var dice = Dice(seed: seed)
        let people: [Person] = (1...6).map { (number: Int) -> Person in
            let level = number % 2 == 0 ? 3 : 1
            return person(
                UInt8(number), at: place(dice.next(41) - 20), skills: ["hvac": level],
                lunch: number % 3 == 0 ? (12.25, 0.75) : nil)
        }
        var visits: [BranchDay.Visit] = []
        for engineer in 1...6 {
            var hour = 9.0 + Double(dice.next(3)) / 2
            while hour < 15.5 {
                let number = UInt8(20 + visits.count)
                let opens = hour - Double(dice.next(3)) / 2
                visits.append(
                    visit(
                        number, of: UInt8(engineer), at: dice.next(41) - 20, planned: hour,
                        window: dice.next(5) == 0 ? nil : (opens, max(opens + 2, hour + 0.25)),
                        skill: dice.next(3) == 0 && engineer % 2 == 0 ? "hvac" : nil,
                        due: dice.next(2) == 0 ? hour + 1 : nil))
                hour += 1 + Double(dice.next(5)) / 2
            }
        }
        return (visits, people)
    }

    func check(_ plan: DayPlan, _ visits: [BranchDay.Visit], _ people: [Person]) {
        let expected = BranchDay(now: Self.now, engineers: people.map(\.id), visits: visits, travel: .estimate)
            .asExpected(Roster(people)).visits
        var after: [UUID: [(span: Span, visit: BranchDay.Visit, isChanged: Bool)]] = [:]
        for visit in visits {
            let change = plan.changes.first { $0.assignmentId == visit.assignmentId }
            after[change?.to ?? visit.engineerId, default: []].append(
                (change?.span ?? visit.span, visit, change != nil))
            guard let change else { continue }
            #expect(visit.freedom?.arrivals.contains(change.span.start) == true)
            #expect(change.span.start >= Self.now + DayPlanning.frozenSeconds)
            // What is near is touched only where its engineer will be late for it.
            let asExpected = expected.first { $0.assignmentId == visit.assignmentId }
            #expect((asExpected?.span.start ?? 0) > Self.now + 3_500)
            #expect(change.span.end <= at(17) || visit.span.end > at(17))
            let person = people.first { $0.id == change.to }
            for pause in person?.shifts?.breaks(in: change.span) ?? [] where change.span.overlaps(pause) {
                // Somebody works through it already.
                #expect(visits.contains { $0.engineerId == change.to && $0.span.overlaps(pause) })
            }
            for skill in visit.freedom?.job.required ?? [] where change.isHandOver {
                #expect(person?.skills.contains { $0.skill == skill.skill && $0.level >= skill.level } == true)
            }
        }
        for stops in after.values {
            let sorted = stops.sorted { $0.span.start < $1.span.start }
            for (one, next) in zip(sorted, sorted.dropFirst()) where one.isChanged || next.isChanged {
                let way = TravelTimes.estimate.seconds(
                    from: one.visit.site, to: next.visit.site, leaving: one.span.end)
                #expect(one.span.end + Int(way) <= next.span.start + 600)
            }
        }
    }

    struct Dice {
        private var state: UInt64
        init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

        /// Below `count`.
        mutating func next(_ count: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(count))
        }
    }
}
