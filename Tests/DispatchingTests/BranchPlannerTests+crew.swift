import DomainContracts
import Foundation
import ServiceTesting
import Testing

@testable import Dispatching
@testable import Routing

/// Visits of several engineers in a day's plan.
extension BranchPlannerTests {
    /// Engineer 1 is to be in the north with a helper, 2, then in the south, and in the north again: there and back for
    /// nothing. The visits that he makes alone stay.
    private func toAndFro(helperStays: Bool = true) -> [BranchDay.Visit] {
        var lead = visit(11, of: 1, at: 8, planned: 11.25, window: (11, 17))
        lead.helpers = [id(21)]
        lead.freedom?.staysWithHim = true
        var helper = visit(21, of: 2, at: 8, planned: 11.25, window: (11, 17))
        helper.helps = id(11)
        helper.freedom?.staysWithHim = helperStays
        return [
            lead, helper, visit(12, of: 1, at: -8, planned: 13.25, window: nil),
            visit(13, of: 1, at: 8, planned: 15.25, window: nil),
        ]
    }

    /// Of days so small; each tries several moments for what several do together.
    private var few: Int { 300 }

    private var people: [Person] {
        var people = [person(1), person(2), person(3)]
        // Until seven, so that there is time for it after the others.
        for index in people.indices {
            people[index].shifts = ShiftPattern(
                utcOffsetMinutes: 480, weekly: [WeekdayShift(weekday: 1, startMinute: 480, endMinute: 1140)])
        }
        return people
    }

    @Test("both come at another time, where that saves one of them a way")
    func together() throws {
        let plan = try #require(try plan(toAndFro(), people, rounds: few))
        #expect(Set(plan.changes.map(\.assignmentId)) == [id(11), id(21)])
        #expect(plan.changes.allSatisfy { $0.from == $0.to && $0.span == plan.changes[0].span })
        #expect(plan.changes.map(\.helps).contains(id(11)) && plan.savedMinutes > 30)
        #expect(try #require(plan.changes.first).span.start >= at(16.25))
        #expect(plan.changes.allSatisfy { $0.span.start % DayPlanning.gridSeconds == 0 })
    }

    @Test("a helper who has no time then stays in the way, or where the rules asked for one, another comes")
    func another() throws {
        let busy = visit(14, of: 2, at: -8, planned: 16, window: nil)
        #expect(try plan(toAndFro() + [busy], people, rounds: few) == nil)
        let plan = try #require(try plan(toAndFro(helperStays: false) + [busy], people, rounds: few))
        #expect(Set(plan.changes.map { [$0.assignmentId, $0.to] }) == [[id(11), id(1)], [id(21), id(3)]])
        // Whom the rules keep out does not.
        var unwilling = people
        unwilling[2].regionCodes = ["310199"]
        #expect(try self.plan(toAndFro(helperStays: false) + [busy], unwilling, rounds: few) == nil)
    }

    @Test("a visit of which not all are planned stays where it is")
    func parts() throws {
        let visits = toAndFro()
        #expect(try plan([visits[0]] + visits[2...], people) == nil)
        var pinned = visits
        pinned[1].freedom = nil
        #expect(try plan(pinned, people) == nil)
        #expect(try plan(visits, Array(people.prefix(1))) == nil)
        var apart = visits
        apart[1].span = Span(start: at(11.5), end: at(12.5))
        #expect(try plan(apart, people) == nil)
    }

    @Test("no room is made at the cost of those who go together")
    func crewKeepsItsTime() throws {
        let visits = toAndFro()
        let day = BranchDay(now: Self.now, engineers: people.map(\.id), visits: visits, travel: .estimate)
        var planner = BranchPlanner(CompiledRules(try RuleSet(Self.rules, version: 1), Roster([people[1]])))
        let urgent = request(99, at: place(8), priority: .p1)
        let arrivals = Arrivals(earliest: at(11), latest: at(11.5))
        #expect(try planner.room(for: urgent, arrivals, on: day) == nil)
        // For the sake of one who goes alone he would.
        var alone = visits[1]
        (alone.helps, alone.promised) = (nil, alone.freedom?.arrivals)
        let other = BranchDay(now: Self.now, engineers: [id(2)], visits: [alone], travel: .estimate)
        #expect(try planner.room(for: urgent, arrivals, on: other)?.plan.changes.map(\.assignmentId) == [id(21)])
    }

    @Test("a plan that moves one of them alone is broken")
    func broken() throws {
        let visits = toAndFro()
        let later = Span(start: at(16.5), end: at(17.5))
        let day = BranchDay(now: Self.now, engineers: people.map(\.id), visits: visits, travel: .estimate)
        func fault(_ moved: [BranchDay.Visit], to engineer: UInt8? = nil) throws -> String? {
            let changes = moved.map {
                DayPlan.Change(
                    assignmentId: $0.assignmentId, from: $0.engineerId, to: engineer.map(id) ?? $0.engineerId,
                    span: later, travelMinutes: 0, helps: $0.helps)
            }
            var evaluator = DayPlanEvaluator(day, CompiledRules(try RuleSet(Self.rules, version: 1), Roster(people)))
            do throws(BrokenDayPlan) {
                try evaluator.check(DayPlan(changes: changes, visits: 4, travelBefore: 0, travelAfter: 0))
                return nil
            } catch {
                return error.description
            }
        }
        #expect(try fault([visits[0], visits[1]]) == nil)
        #expect(try fault([visits[0]])?.contains("begins without a helper") == true)
        #expect(try fault([visits[1]])?.contains("helps at another time") == true)
        #expect(try fault([visits[0], visits[1]], to: 1)?.contains("has its own engineer for a helper") == true)
    }

    @Test("what a helper costs is said of one whom a plan takes for another")
    func helperScore() throws {
        let busy = visit(14, of: 2, at: -8, planned: 16, window: nil)
        let visits = toAndFro(helperStays: false) + [busy]
        let plan = try #require(try plan(visits, people, rounds: few))
        let day = BranchDay(now: Self.now, engineers: people.map(\.id), visits: visits, travel: .estimate)
        var planner = BranchPlanner(CompiledRules(try RuleSet(Self.rules, version: 1), Roster(people)))
        let scores = plan.changes.map { planner.score(ofHelper: $0, of: plan, day) }
        let score = try #require(scores.compactMap(\.self).first)
        #expect(scores.compactMap(\.self).count == 1 && score.engineerId == id(3) && score.total > 0)
    }

    @Test("who cannot come in time to help makes the visit late; others are planned all the same")
    func lateHelper() throws {
        // Until 14:00 at the latest, when the helper is far away.
        var visits = toAndFro()
        for index in 0...1 { visits[index].span = Span(start: at(13.5), end: at(14.5)) }
        for index in 0...1 { visits[index].freedom?.arrivals = Arrivals(earliest: at(13), latest: at(13.75)) }
        visits[1].promised = visits[1].freedom?.arrivals
        visits = Array(visits.prefix(2)) + [visit(14, of: 2, at: -20, planned: 12, window: nil)]
        // Two others cross the town for each other's neighbours.
        let people = people + [person(4, at: place(-10)), person(5, at: place(10))]
        visits.append(visit(15, of: 4, at: 11, planned: 12, window: (12, 14)))
        visits.append(visit(16, of: 5, at: -11, planned: 12, window: (12, 14)))
        let found = try #require(try plan(visits, people, rounds: few))
        #expect(Set(found.changes.map(\.assignmentId)) == [id(15), id(16)])
        let day = BranchDay(now: Self.now, engineers: people.map(\.id), visits: visits, travel: .estimate)
        let planner = BranchPlanner(CompiledRules(try RuleSet(Self.rules, version: 1), Roster(people)))
        #expect(planner.atRisk(day, after: found) == [id(11)])
    }

    @Test("a late visit is given to another although the shift of a third is hopeless")
    func rescuedBesideHopeless() throws {
        // Engineer 2 cannot be with 1 in time, nor 3 with his own visit, which 4 is near.
        var visits = Array(toAndFro().prefix(2)) + [visit(14, of: 2, at: -20, planned: 12, window: nil)]
        for index in 0...1 {
            visits[index].span = Span(start: at(13.5), end: at(14.5))
            visits[index].freedom?.arrivals = Arrivals(earliest: at(13), latest: at(13.75))
        }
        visits.append(visit(15, of: 3, at: 20, planned: 11.5, window: nil))
        visits.append(visit(16, of: 3, at: -20, planned: 13, window: (12.5, 13.5)))
        let people = people + [person(4, at: place(-20))]
        let found = try #require(try plan(visits, people, rounds: few))
        #expect(found.changes.map(\.assignmentId) == [id(16)] && found.changes.map(\.to) == [id(4)])
    }

    @Test("nobody's shift is made longer, nor his day fuller, for the sake of those who go together")
    func helpersLimits() throws {
        // He is home at five: after the others' visits there is no time for it.
        var short = people
        short[1] = person(2)
        short[1].visitsPerDay = 1
        #expect(try plan(toAndFro(), [people[0], short[1], people[2]], rounds: few) == nil)
        // Two visits a day, of which he has one and helps with the other: no third one, however near.
        var busy = people
        busy[1].visitsPerDay = 2
        busy[1].base = place(20)
        let visits = [
            visit(15, of: 2, at: 20, planned: 13.5, window: nil),
            visit(16, of: 3, at: 20, planned: 15, window: (14.5, 16.5)),
        ]
        let apart = try plan(toAndFro() + visits, busy, rounds: few)
        #expect(apart?.changes.contains { $0.assignmentId == id(16) && $0.to == id(2) } != true)
        busy[1].visitsPerDay = 3
        #expect(
            try plan(toAndFro() + visits, busy, rounds: few)?.changes.contains { $0.to == id(2) && $0.from == id(3) }
                == true)
    }

    @Test(
        "whatever a day is like, what is planned for those who go together holds", .slow,
        arguments: 1...15 as ClosedRange<UInt64>)
    func anyDay(seed: UInt64) throws {
        var random = SearchRandom(seed: seed)
        func some(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
        let people = (1...5).map { number in
            var one = person(
                UInt8(number), at: place(some(-15...15)), lunch: Bool.random(using: &random) ? (12, 0.5) : nil)
            one.visitsPerDay = some(3...5)
            return one
        }
        var visits: [BranchDay.Visit] = []
        var number: UInt8 = 10
        for engineer in 1...4 {
            for start in [10.5, 12.25, 14, 15.75] where some(0...9) < 7 {
                number += 1
                let from = start - Double(some(0...4)) / 4
                var one = visit(
                    number, of: UInt8(engineer), at: some(-15...15), planned: start,
                    window: some(0...4) == 0 ? nil : (max(10, from), from + 2))
                let partner = engineer % 4 + 1
                let isFree = !visits.contains { $0.engineerId == id(UInt8(partner)) && $0.span.overlaps(one.span) }
                if some(0...2) == 0, isFree {
                    var helper = one
                    helper.assignmentId = id(number + 100)
                    helper.engineerId = id(UInt8(partner))
                    helper.helps = one.assignmentId
                    helper.freedom?.staysWithHim = Bool.random(using: &random)
                    one.helpers = [helper.assignmentId]
                    one.freedom?.staysWithHim = true
                    visits.append(helper)
                }
                if !visits.contains(where: { $0.engineerId == one.engineerId && $0.span.overlaps(one.span) }) {
                    visits.append(one)
                }
            }
        }
        #expect(throws: Never.self) { try plan(visits, people, rounds: 60) }
    }
}
