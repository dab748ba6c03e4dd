import DomainContracts
import Foundation
import Testing

@testable import Dispatching

/// Visits that take parts which somebody has to fetch from his depot, 12 hundredths of a degree away: half an hour and seven minutes.
extension BranchPlannerTests {
    private static let depot = 12

    private func fetching(_ number: UInt8, depot: Int? = depot) -> Person {
        var engineer = person(number)
        engineer.depot = depot.map { place($0) }
        return engineer
    }

    private func taking(_ visit: BranchDay.Visit, aboard: [UInt8] = []) -> BranchDay.Visit {
        var visit = visit
        visit.freedom?.job.vans = pump(aboard)
        return visit
    }

    private func pump(_ aboard: [UInt8] = []) -> PartsInVans {
        PartsInVans(
            [PlannedPart(partCode: "pump", quantity: 1)],
            in: Dictionary(uniqueKeysWithValues: aboard.map { (id($0), ["pump": 1]) }))
    }

    /// When somebody is back at 0 who leaves it at an hour and fetches something, on the grid of plans.
    private func back(leaving hour: Double) -> Int { roundUp(fetched(by: Self.depot, leaving: at(hour)), to: 300) }

    private func times(_ plan: DayPlan?) -> [UUID: Int] {
        (plan?.changes ?? []).reduce(into: [:]) { $0[$1.assignmentId] = $1.span.start }
    }

    @Test("a visit begins when its parts can be there, whose engineer fetches them on the way to it")
    func calls() throws {
        let visits = [
            visit(11, of: 1, at: 0, planned: 11, window: (11, 13)),
            taking(visit(12, of: 1, at: 0, planned: 12, window: (12, 14))),
        ]
        let plan = try #require(try plan(visits, [fetching(1)]))
        #expect(times(plan) == [id(12): back(leaving: 12)])
        #expect((60...76).contains(plan.changes.first?.travelMinutes ?? 0))
        // Who has them with him, or of whose depot nobody knows, comes when he was to come.
        #expect(try self.plan([visits[0], taking(visits[1], aboard: [1])], [fetching(1)]) == nil)
        #expect(try self.plan(visits, [fetching(1, depot: nil)]) == nil)
    }

    @Test("he fetches them sooner where there is no time for it later")
    func callsSooner() throws {
        let visits = [
            visit(11, of: 1, at: 0, planned: 11, window: (11, 13)),
            taking(visit(12, of: 1, at: 0, planned: 12, window: (12, 13))),
        ]
        let first = back(leaving: 10)
        #expect(times(try plan(visits, [fetching(1)])) == [id(11): first, id(12): first + 3600])
    }

    @Test("what he cannot fetch in time goes to who has it in his van")
    func goesToTheVan() throws {
        let visits = [taking(visit(11, of: 1, at: 0, planned: 11.1, window: (11, 12)), aboard: [2])]
        let plan = try #require(try plan(visits, [fetching(1, depot: 20), fetching(2, depot: 20)]))
        #expect(plan.changes.map(\.to) == [id(2)])
    }

    @Test("who is asked to make room has to fetch what it is for, and who cannot is not asked")
    func room() throws {
        let job = JobRequest(
            workOrderId: id(99), place: place(), seconds: 3600,
            range: Span(start: Self.now, end: Self.now + Planning.horizonSeconds), priority: .p1)
        func room(until latest: Double) throws -> Room? {
            var wanted = job.beginning(Arrivals(earliest: at(10.25), latest: at(latest)))
            wanted.vans = pump()
            var planner = BranchPlanner(
                CompiledRules(try RuleSet(Self.rules, version: 1), Roster([fetching(1)])))
            let visits = [visit(11, of: 1, at: 0, planned: 11.5, window: (11, 14))]
            return try planner.room(
                for: wanted, Arrivals(earliest: at(10.25), latest: at(latest)),
                on: BranchDay(now: Self.now, engineers: [id(1)], visits: visits, travel: .estimate))
        }
        #expect(try room(until: 11.25) == nil)
        #expect(try room(until: 12)?.span.start == back(leaving: 10))
    }

    @Test("a plan that leaves no time for the depot is refused")
    func refused() throws {
        let visits = [
            visit(11, of: 1, at: 0, planned: 11, window: (11, 14)),
            taking(visit(12, of: 1, at: 0, planned: 13, window: (12, 14))),
        ]
        let day = BranchDay(now: Self.now, engineers: [id(1)], visits: visits, travel: .estimate)
        func fault(_ number: UInt8, _ hour: Double) throws -> String? {
            var evaluator = DayPlanEvaluator(
                day, CompiledRules(try RuleSet(Self.rules, version: 1), Roster([fetching(1)])))
            let change = DayPlan.Change(
                assignmentId: id(number), from: id(1), to: id(1), span: Span(start: at(hour), end: at(hour) + 3600),
                travelMinutes: 0)
            do throws(BrokenDayPlan) {
                try evaluator.check(DayPlan(changes: [change], visits: 2, travelBefore: 0, travelAfter: 0))
                return nil
            } catch {
                return error.description
            }
        }
        #expect(try fault(12, 12.5)?.contains("begins before he can be there") == true)
        #expect(try fault(12, 13.5) == nil)
        // Before both of them there is time.
        #expect(try fault(11, 11.5) == nil)
    }

    @Test("a visit that cannot be made as promised for want of what it takes is at risk")
    func lateForParts() throws {
        let visits = [taking(visit(11, of: 1, at: 0, planned: 11.1, window: (11, 12)))]
        let people = [fetching(1, depot: 20)]
        let planner = BranchPlanner(CompiledRules(try RuleSet(Self.rules, version: 1), Roster(people)))
        let day = BranchDay(now: Self.now, engineers: [id(1)], visits: visits, travel: .estimate)
        #expect(planner.atRisk(day, after: nil) == [id(11)])
    }
}
