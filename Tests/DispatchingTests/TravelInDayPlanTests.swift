import DomainContracts
import Foundation
import Routing
import Testing

@testable import Dispatching

struct TravelInDayPlanTests {
    /// Monday, 10:00: everybody is on duty, from eight to five.
    private let now = monday + 2 * 3600
    private let people = [person(1, at: place(-10)), person(2, at: place(10))]

    /// By the clock on Monday; promised for two hours from noon on.
    private func visit(_ number: UInt8, of engineer: UInt8, at north: Int, planned hour: Int = 12) -> BranchDay.Visit {
        let start = monday + (hour - 8) * 3600
        let job = JobRequest(
            workOrderId: id(number), place: place(north), seconds: 3600,
            range: Span(start: now, end: now + Planning.horizonSeconds), priority: .p3)
        return BranchDay.Visit(
            assignmentId: id(number), engineerId: id(engineer), span: Span(start: start, end: start + 3600),
            site: TravelPoint(place(north)),
            freedom: .init(arrivals: Arrivals(earliest: start, latest: start + 6_300), job: job))
    }

    private func plan(_ visits: [BranchDay.Visit], _ travel: TravelTimes) throws -> DayPlan? {
        let rules = CompiledRules(try RuleSet(RuleSet.standardDocument, version: 1), Roster(people))
        var planner = BranchPlanner(rules)
        return try planner.plan(
            BranchDay(now: now, engineers: people.map(\.id), visits: visits, travel: travel), budget: .rounds(3_000),
            seed: 1)
    }

    @Test("whether two exchange their visits is a matter of the roads that are known")
    func known() throws {
        let visits = [visit(11, of: 1, at: 11), visit(12, of: 2, at: -11)]
        #expect(try plan(visits, .estimate)?.changes.count == 2)
        // A motorway from one end of the town to the other.
        var known = KnownTravel(capacity: 100)
        for (a, b) in [(place(-10), place(11)), (place(10), place(-11))] {
            let (a, b) = (try #require(TravelPoint(a).cell), try #require(TravelPoint(b).cell))
            known.learn(120, from: a, to: b)
            known.learn(120, from: b, to: a)
        }
        #expect(try plan(visits, TravelTimes(known: known)) == nil)
    }

    @Test("times of a route are reckoned by the hour at which each way is driven")
    func byTheHour() throws {
        let travel = TravelTimes.estimate
        func starts(after hour: Int) throws -> Int {
            let first = visit(11, of: 1, at: 0, planned: hour)
            var second = visit(12, of: 1, at: 20, planned: hour)
            second.span = Span(start: first.span.end - 600, end: first.span.end + 3_000)
            second.freedom?.arrivals.latest = first.span.end + 4 * 3600
            let day = BranchDay(now: monday, engineers: [id(1)], visits: [first, second], travel: travel)
            let shift = try #require(DutyShift.all(of: day, Roster(people)).first)
            let found = RouteTimes(shift: shift, visits: [0, 1], day: day, call: nil).starts()
            let starts = try #require(found)
            let arrival =
                first.span.end
                + Int(travel.seconds(from: first.site, to: second.site, leaving: first.span.end))
            #expect((arrival..<arrival + DayPlanning.gridSeconds).contains(starts[1]))
            return starts[1] - first.span.end
        }
        // From ten o'clock on and from one on.
        #expect(try starts(after: 9) > starts(after: 12))
    }
}
