import DomainContracts
import Foundation
import Testing

@testable import Dispatching

/// Days on which somebody is late, or away in between.
extension BranchPlannerTests {
    @Test(
        "who overruns into a visit that is too near to be moved is late for it: his later ones are planned all the same"
    )
    func overrunIntoFrozen() throws {
        let people = [person(1), person(2)]
        var running = visit(10, of: 1, at: 0, planned: 8, window: nil)
        running.span.end = at(12)
        // At ten the visit of half past ten stays his; the one at noon can be made by another.
        let visits = [
            running, visit(11, of: 1, at: 0, planned: 10.5, window: (10.5, 13)),
            visit(12, of: 1, at: 0, planned: 12, window: (11.5, 12.5)),
        ]
        let plan = try #require(try plan(visits, people))
        #expect(plan.changes.contains { $0.assignmentId == id(12) && $0.to == id(2) })
    }

    @Test(
        "a visit that will be later than promised, and that no plan changes, is named; whoever is on his way is trusted"
    )
    func atRisk() throws {
        func atRisk(_ visits: [BranchDay.Visit], _ people: [Person]) throws -> [UUID] {
            let planner = BranchPlanner(CompiledRules(try RuleSet(Self.rules, version: 1), Roster(people)))
            let day = BranchDay(now: Self.now, engineers: people.map(\.id), visits: visits, travel: .estimate)
            return planner.atRisk(day, after: try plan(visits, people))
        }
        var running = visit(10, of: 1, at: 0, planned: 8, window: nil)
        running.span.end = at(12)
        let visits = [running, visit(11, of: 1, at: 0, planned: 10.5, window: (10.5, 11.5))]
        #expect(try atRisk(visits, [person(1)]) == [id(11)])
        // Another can make it, though it was to begin within the hour.
        #expect(try plan(visits, [person(1), person(2)])?.changes.map(\.to) == [id(2)])
        #expect(try atRisk(visits, [person(1), person(2)]).isEmpty)
        // Promised until one o'clock he will make it.
        #expect(try atRisk([running, visit(11, of: 1, at: 0, planned: 10.5, window: (10.5, 13))], [person(1)]).isEmpty)
        // Ten minutes before, and half an hour away: he is on his way.
        #expect(try atRisk([visit(11, of: 1, at: 10, planned: 10.2, window: (10, 10.5))], [person(1)]).isEmpty)
    }

    @Test("a day in two pieces holds the visits of one day")
    func pieces() throws {
        var engineer = person(1)
        engineer.visitsPerDay = 3
        engineer.shifts?.absences = [Span(start: at(12), end: at(13))]
        let visits = [
            visit(11, of: 1, at: 0, planned: 11, window: (11, 12)),
            visit(12, of: 1, at: 0, planned: 14, window: (14, 16)),
        ]
        let day = BranchDay(now: Self.now, engineers: [id(1)], visits: visits, travel: .estimate)
        let shifts = DutyShift.all(of: day, Roster([engineer])).filter { $0.span.start < at(24) }
        #expect(shifts.map(\.span.end) == [at(12), at(17)])
        #expect(shifts.map(\.visitsPerDay) == [2, 1])
    }
}
