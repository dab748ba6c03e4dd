import DomainContracts
import Foundation
import Testing

@testable import Dispatching

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
        helper.promised = nil
        helper.freedom?.staysWithHim = helperStays
        return [
            lead, helper, visit(12, of: 1, at: -8, planned: 13.25, window: nil),
            visit(13, of: 1, at: 8, planned: 15.25, window: nil),
        ]
    }

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
        let plan = try #require(try plan(toAndFro(), people))
        #expect(Set(plan.changes.map(\.assignmentId)) == [id(11), id(21)])
        #expect(plan.changes.allSatisfy { $0.from == $0.to && $0.span == plan.changes[0].span })
        #expect(plan.changes.map(\.helps).contains(id(11)) && plan.savedMinutes > 30)
        #expect(try #require(plan.changes.first).span.start >= at(16.25))
        #expect(plan.changes.allSatisfy { $0.span.start % DayPlanning.gridSeconds == 0 })
    }

    @Test("a helper who has no time then stays in the way, or where the rules asked for one, another comes")
    func another() throws {
        let busy = visit(14, of: 2, at: -8, planned: 16, window: nil)
        #expect(try plan(toAndFro() + [busy], people) == nil)
        let plan = try #require(try plan(toAndFro(helperStays: false) + [busy], people))
        #expect(Set(plan.changes.map { [$0.assignmentId, $0.to] }) == [[id(11), id(1)], [id(21), id(3)]])
        // Whom the rules keep out does not.
        var unwilling = people
        unwilling[2].regionCodes = ["310199"]
        #expect(try self.plan(toAndFro(helperStays: false) + [busy], unwilling) == nil)
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
        let plan = try #require(try plan(visits, people))
        let day = BranchDay(now: Self.now, engineers: people.map(\.id), visits: visits, travel: .estimate)
        var planner = BranchPlanner(CompiledRules(try RuleSet(Self.rules, version: 1), Roster(people)))
        let scores = plan.changes.map { planner.score(ofHelper: $0, of: plan, day) }
        let score = try #require(scores.compactMap(\.self).first)
        #expect(scores.compactMap(\.self).count == 1 && score.engineerId == id(3) && score.total > 0)
    }
}
