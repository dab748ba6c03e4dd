import Testing

@testable import Routing

@Suite("Searching for plans")
struct SearchTests {
    @Test(
        "each plan told of is right, cheaper than the one before, and costs what is said",
        arguments: 1...8 as ClosedRange<UInt64>)
    func right(seed: UInt64) throws {
        for problem in [try Days.make(seed: seed), try Days.crooked(seed: seed)] { try tells(problem, seed) }
    }

    private func tells(_ problem: RoutingProblem, _ seed: UInt64) throws {
        var costs: [Int] = []
        for optimizer in [SISR(), PooledSISR(), SmallestFleet()] as [any RouteOptimizer] {
            costs = []
            var plans: [RoutingPlan] = []
            let best = optimizer.improve(problem, from: nil, budget: .rounds(400), seed: seed) { plan, cost in
                plans.append(plan)
                costs.append(cost)
                return true
            }
            for (plan, cost) in zip(plans, costs) {
                let value = try PlanEvaluator(problem).evaluate(plan)
                #expect(value.travel + value.leftOut == cost)
            }
            if !(optimizer is SmallestFleet) { #expect(costs == costs.sorted(by: >)) }
            #expect(plans.last == best)
        }
        #expect(costs.count > 1)
    }

    @Test("the same seed and number of rounds find the same plan, another seed another one")
    func repeatable() throws {
        let problem = try Days.make(seed: 3)
        func plan(_ seed: UInt64) -> RoutingPlan {
            SISR().improve(problem, from: nil, budget: .rounds(50), seed: seed) { _, _ in true }
        }
        #expect(plan(1) == plan(1))
        #expect(plan(1) != plan(2))
    }

    @Test("the best order of a few jobs is found, as trying all of them finds it")
    func optimal() throws {
        let day = try Days.make(seed: 11, jobs: 6, vehicles: 1)
        // Everybody fits: what is left is the order.
        let problem = try RoutingProblem(
            jobs: day.jobs.map { .init(location: $0.location, service: 0, windows: [0...100_000], prize: 1_000_000) },
            vehicles: [.init(start: 6, end: 6, shift: 0...100_000)], travel: day.travel)
        let evaluator = PlanEvaluator(problem)
        let shortest = try Self.orders(Array(0..<6)).map {
            try evaluator.evaluate(RoutingPlan(routes: [$0], unserved: [])).travel
        }.min()
        let plan = SISR().improve(problem, from: nil, budget: .rounds(300), seed: 1) { _, _ in true }
        #expect(try evaluator.evaluate(plan).travel == shortest)
    }

    @Test("a plan given is where it begins, and nothing worse comes of it")
    func warm() throws {
        let problem = try Days.make(seed: 5)
        let first = SISR().improve(problem, from: nil, budget: .rounds(300), seed: 1) { _, _ in true }
        let cost = try Self.cost(first, problem)
        let second = SISR().improve(problem, from: first, budget: .rounds(100), seed: 2) { _, _ in true }
        #expect(try Self.cost(second, problem) <= cost)
        let unchanged = SISR().improve(problem, from: first, budget: .rounds(0), seed: 3) { _, _ in true }
        #expect(unchanged == first)
        let pooled = PooledSISR().improve(problem, from: first, budget: .rounds(100), seed: 2) { _, _ in true }
        #expect(pooled == second)
    }

    @Test("who hears of plans can end the search, at the first one too")
    func ended() throws {
        let problem = try Days.make(seed: 6)
        for optimizer in [SISR(), PooledSISR()] as [any RouteOptimizer] {
            for most in 1...2 {
                var heard = 0
                _ = optimizer.improve(problem, from: nil, budget: .rounds(100_000), seed: 1) { _, _ in
                    heard += 1
                    return heard < most
                }
                #expect(heard == most)
            }
        }
    }

    @Test("the smallest fleet is as small as what has to be carried lets it be")
    func fleet() throws {
        let problem = try Days.line(12, vehicles: 6, capacity: 4)
        let plan = SmallestFleet().improve(problem, from: nil, budget: .rounds(2_000), seed: 1) { _, _ in true }
        #expect(plan.vehiclesInUse == 3)
        #expect(plan.unserved == [])
    }

    @Test("days without jobs, and days without anybody to work, are planned at once")
    func empty() throws {
        let travel = try TravelMatrix(size: 1, values: [0])
        let idle = try RoutingProblem(jobs: [], vehicles: [.init(start: 0, end: 0, shift: 0...10)], travel: travel)
        let alone = try RoutingProblem(
            jobs: (1...2).map { .init(location: 0, service: 1, windows: [0...5], prize: $0) }, vehicles: [],
            travel: travel)
        for optimizer in [SISR(), PooledSISR(), SmallestFleet()] as [any RouteOptimizer] {
            let nothing = optimizer.improve(idle, from: nil, budget: .rounds(10), seed: 1) { _, _ in true }
            #expect(nothing == RoutingPlan(routes: [[]], unserved: []))
            let nobody = optimizer.improve(alone, from: nil, budget: .rounds(100), seed: 1) { _, _ in true }
            #expect(nobody.routes == [] && nobody.unserved.sorted() == [0, 1])
        }
    }

    private static func cost(_ plan: RoutingPlan, _ problem: RoutingProblem) throws -> Int {
        let value = try PlanEvaluator(problem).evaluate(plan)
        return value.travel + value.leftOut
    }

    private static func orders(_ items: [Int]) -> [[Int]] {
        if items.isEmpty { return [[]] }
        return items.flatMap { first in orders(items.filter { $0 != first }).map { [first] + $0 } }
    }
}
