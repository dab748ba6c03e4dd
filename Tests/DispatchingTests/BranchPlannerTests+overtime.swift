import DomainContracts
import Foundation
import Testing

@testable import Dispatching

/// Days on which somebody works longer than his shift.
extension BranchPlannerTests {
    /// He may work until six.
    private var worker: Person {
        var worker = person(1)
        worker.shifts?.overtimeMinutes = 60
        return worker
    }

    /// What he is still at, until an hour.
    private func running(until hour: Double) -> BranchDay.Visit {
        var running = visit(10, of: 1, at: 0, planned: 8, window: nil)
        running.span.end = at(hour)
        return running
    }

    @Test("overtime that somebody has is moved within what he may work, and no further")
    func overtimeMoved() throws {
        let evening = visit(11, of: 1, at: 0, planned: 16.5, window: (16, 20))
        let moved = try #require(try plan([running(until: 16.75), evening], [worker]))
        #expect(moved.changes.map(\.span.start) == [at(16.75)])
        #expect(try plan([running(until: 17.5), evening], [worker]) == nil)
    }

    @Test("a plan makes nobody work overtime")
    func noneMade() throws {
        let afternoon = visit(11, of: 1, at: 0, planned: 16, window: (15, 19))
        #expect(try plan([running(until: 16.5), afternoon], [worker]) == nil)
    }

    @Test("who will be late for what begins after his shift is known to be, as far as he may work")
    func lateInOvertime() throws {
        let visits = [running(until: 17.5), visit(11, of: 1, at: 0, planned: 17, window: (16.5, 17.5))]
        let day = BranchDay(now: Self.now, engineers: [id(1)], visits: visits, travel: .estimate)
        func late(_ engineer: Person) -> [Int] { day.late(Roster([engineer])) }
        #expect(late(worker) == [1])
        #expect(late(person(1)) == [])
    }

    @Test("the reasons of a plan count the overtime of a visit as a decision does")
    func reasons() throws {
        let visits = [visit(11, of: 1, at: 0, planned: 16.5, window: (16, 18))]
        let rules = CompiledRules(try RuleSet(Self.rules, version: 1), Roster([worker, person(2)]))
        var planner = BranchPlanner(rules)
        let day = BranchDay(now: Self.now, engineers: [id(1), id(2)], visits: visits, travel: .estimate)
        let change = DayPlan.Change(
            assignmentId: id(11), from: id(2), to: id(1), span: visits[0].span, travelMinutes: 0)
        let plan = DayPlan(changes: [change], visits: 1, travelBefore: 0, travelAfter: 0)
        let found = planner.decision(on: change, of: plan, day)
        let decision = try #require(found)
        let chosen = try #require(decision.findings.candidates.first { $0.member == 0 })
        #expect(
            decision.findings.score(of: chosen).terms.contains(ScoreTerm(rule: "overtime", cost: 30 * 300)))
    }
}
