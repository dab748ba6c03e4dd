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
        visit.vans = pump(aboard)
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
        let sooner = try #require(try plan(visits, [fetching(1)]))
        #expect(times(sooner) == [id(11): first, id(12): first + 3600])
        // And that is that: nobody is late for it, and nothing more is to be changed, not even when he should be on his way there.
        let carriedOut = visits.map { visit in
            var visit = visit
            let start = times(sooner)[visit.assignmentId] ?? visit.span.start
            visit.span = Span(start: start, end: start + visit.seconds)
            visit.acceptedAt = at(9)
            return visit
        }
        for now in [Self.now, Self.now + 15 * 60] {
            #expect(try plan(carriedOut, [fetching(1)], now: now) == nil)
            #expect(try atRisk(carriedOut, [fetching(1)], now: now) == [])
        }
    }

    private func atRisk(_ visits: [BranchDay.Visit], _ people: [Person], now: Int = now) throws -> [UUID] {
        let planner = BranchPlanner(CompiledRules(try RuleSet(Self.rules, version: 1), Roster(people)))
        let day = BranchDay(now: now, engineers: people.map(\.id), visits: visits, travel: .estimate)
        return planner.atRisk(day, after: nil)
    }

    @Test("what is booked in time for a call anywhere before it stays as it is")
    func enoughTime() throws {
        let visits = [
            visit(11, of: 1, at: 0, planned: 12, window: (12, 14)),
            taking(visit(12, of: 1, at: 0, planned: 13, window: (13, 15))),
        ]
        #expect(try plan(visits, [fetching(1)]) == nil)
    }

    @Test("one call is for all that he is booked for: who sees to the next visit has what the one after it takes")
    func oneCall() throws {
        let visits = [
            taking(visit(11, of: 1, at: 0, planned: 10.9, window: (10.5, 12))),
            taking(visit(12, of: 1, at: 0, planned: 12, window: (12, 13))),
        ]
        #expect(try plan(visits, [fetching(1)]) == nil)
        #expect(try atRisk(visits, [fetching(1)]) == [])
    }

    @Test("but not for what he did not know of when he was there; nor is it forgotten when the next has begun")
    func whatHeKnewOf() throws {
        var visits = [
            taking(visit(11, of: 1, at: 0, planned: 10.9, window: (10.5, 12))),
            taking(visit(12, of: 1, at: 0, planned: 12, window: (12, 13))),
        ]
        for (accepted, isAtRisk) in [(9.0, false), (10.4, true)] {
            visits[1].acceptedAt = at(accepted)
            #expect(try atRisk(visits, [fetching(1)], now: at(10.5)) == (isAtRisk ? [id(12)] : []))
        }
        visits[1].acceptedAt = at(9)
        visits[0] = visit(11, of: 1, at: 0, planned: 10.9, window: nil)
        #expect(try atRisk(visits, [fetching(1)], now: at(10.95)) == [])
        #expect(try plan(visits, [fetching(1)], now: at(10.95)) == nil)
    }

    @Test("nothing is put into the time that somebody needs to fetch what a pinned visit takes")
    func pinnedVisit() throws {
        var pinned = visit(12, of: 1, at: 0, planned: 13.25, window: nil)
        pinned.vans = pump()
        let visits = [visit(11, of: 1, at: 0, planned: 11.5, window: (11, 14)), pinned]
        let job = JobRequest(
            workOrderId: id(99), place: place(), seconds: 3600,
            range: Span(start: Self.now, end: Self.now + Planning.horizonSeconds), priority: .p1)
        func room(_ visits: [BranchDay.Visit]) throws -> Room? {
            let arrivals = Arrivals(earliest: at(10.25), latest: at(10.5))
            var planner = BranchPlanner(CompiledRules(try RuleSet(Self.rules, version: 1), Roster([fetching(1)])))
            return try planner.room(
                for: job.beginning(arrivals), arrivals,
                on: BranchDay(now: Self.now, engineers: [id(1)], visits: visits, travel: .estimate))
        }
        #expect(try room([visits[0], visit(12, of: 1, at: 0, planned: 13.25, window: nil)]) != nil)
        #expect(try room(visits) == nil)
    }

    @Test("what cannot be fetched in time keeps nobody's other visits from being planned")
    func others() throws {
        // The other one begins when the first ends, half an hour away.
        let visits = [
            taking(visit(11, of: 1, at: 0, planned: 11.1, window: (11, 12))),
            visit(12, of: 1, at: 10, planned: 12.1, window: (12, 14)),
        ]
        let people = [fetching(1, depot: 40)]
        #expect(try plan(visits, people)?.changes.map(\.assignmentId) == [id(12)])
        #expect(try atRisk(visits, people).contains(id(11)))
    }

    @Test("nor from being relieved of what he cannot make, which somebody else can")
    func othersRelieved() throws {
        let visits = [
            taking(visit(11, of: 1, at: 0, planned: 11.1, window: (11, 12))),
            visit(21, of: 2, at: 0, planned: 11.1, window: nil),
            visit(22, of: 2, at: 20, planned: 12.1, window: (12, 12.5)),
        ]
        var third = person(3, at: place(20))
        third.depot = place(80)
        let people = [fetching(1, depot: 40), fetching(2, depot: nil), third]
        #expect(try plan(visits, people)?.changes.contains { $0.assignmentId == id(22) && $0.to == id(3) } == true)
    }

    @Test("what somebody has in his van already goes to nobody who would look for it at a depot")
    func boundToVan() throws {
        let people = [person(1, at: place(-10)), person(2, at: place(10))].map { engineer in
            var engineer = engineer
            engineer.depot = engineer.base
            return engineer
        }
        let far = visit(11, of: 1, at: 11, planned: 13, window: (12, 16))
        #expect(try plan([far], people)?.changes.map(\.to) == [id(2)])
        let kept = try plan([taking(far, aboard: [1])], people)
        #expect(kept?.changes.contains(where: \.isHandOver) ?? false == false)
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
        #expect(try atRisk(visits, [fetching(1, depot: 20)]) == [id(11)])
    }
}
