import Testing

@testable import Routing

@Suite("Choosing among pooled routes")
struct RoutePoolTests {
    @Test("of routes with the same jobs the cheaper one is kept, of each kind of vehicle")
    func cheapest() throws {
        let line = try Days.line(4, vehicles: 2)
        let plans = [[[2, 0, 1, 3], []], [[0, 1, 2, 3], []], [[], [3, 2, 0, 1]], [[0, 1], [2, 3]]]
        let pool = pool(of: line, plans)
        #expect(pool.routes.map(\.jobs) == [[0, 1, 2, 3], [0, 1], [2, 3]])
        #expect(pool.routes.map(\.cost) == [8, 4, 8])
        // Who is asked for by name is a kind of his own.
        let jobs = line.jobs.map { job in
            var job = job
            (job.plannedFor, job.moving) = (1, 5)
            return job
        }
        let known = try RoutingProblem(jobs: jobs, vehicles: line.vehicles, travel: line.travel)
        #expect(self.pool(of: known, [[[0, 1], []], [[], [0, 1]]]).routes.map(\.cost) == [4 + 2 * 5, 4])
    }

    @Test("the best choice is the one that trying all of them finds", arguments: 1...12 as ClosedRange<UInt64>)
    func best(seed: UInt64) throws {
        let problem = try Days.make(seed: seed, jobs: 9, vehicles: 3)
        let pool = pool(of: problem, wanderings(problem, seed))
        let nobody = RoutingPlan(routes: [[], [], []], unserved: Array(problem.jobs.indices))
        let upper = problem.jobs.reduce(0) { $0 + $1.prize } + 1
        let least = leastCost(of: Array(pool.routes.prefix(14)), problem)
        var prices = RoutePrices(pool, problem, around: nobody)
        for route in pool.routes.indices.dropFirst(14) { prices.forget(route) }
        prices.improve(towards: upper, rounds: 500) { true }
        #expect(prices.bound <= Double(least) + 0.01)
        var tree = ChoiceTree(prices, below: upper, most: 1_000_000)
        tree.search { true }
        #expect(tree.isComplete)
        let chosen = try #require(tree.best).map { pool.routes[$0] }
        #expect(cost(of: chosen, problem) == least)
        // Nothing is better than the best.
        var again = ChoiceTree(prices, below: least, most: 1_000_000)
        again.search { true }
        #expect(again.best == nil && again.isComplete)
    }

    @Test("a choice serves each job once, is better than the best plan, and can be driven")
    func plan() throws {
        for seed in 1...6 as ClosedRange<UInt64> {
            let problem = try Days.make(seed: seed)
            let plans = wanderings(problem, seed)
            let pool = pool(of: problem, plans)
            let evaluator = PlanEvaluator(problem)
            let first = RoutingPlan(routes: plans[0], unserved: missing(plans[0], problem))
            let value = try evaluator.evaluate(first)
            var choice = RouteChoice(pool, problem, best: first, cost: value.travel + value.leftOut, seed: seed)
            let better = try #require(choice.plan { true })
            let chosen = try evaluator.evaluate(better)
            #expect(chosen.travel + chosen.leftOut < value.travel + value.leftOut)
        }
    }

    @Test("routes fixed leave no choice that needs their jobs or their vehicle")
    func fixed() throws {
        let line = try Days.line(4, vehicles: 1)
        let pool = pool(of: line, [[[0, 1, 2]], [[3]], [[2, 3]]])
        var prices = RoutePrices(pool, line, around: RoutingPlan(routes: [[]], unserved: [0, 1, 2, 3]))
        prices.fix(0)
        #expect(prices.live == [])
        #expect(prices.isOpen == [false, false, false, true])
        #expect(prices.fixedCost == 6)
    }

    private func pool(of problem: RoutingProblem, _ plans: [[[Int]]]) -> RoutePool {
        var pool = RoutePool(problem, seed: 1)
        for routes in plans {
            let plan = RoutingPlan(routes: routes, unserved: missing(routes, problem))
            pool.add(RuinAndRecreate(problem, from: plan, seed: 1) { false }.board, planCost: 0)
        }
        return pool
    }

    @Test("a route may be added to prices that are right, and then prices are right again; the dear ones are forgotten")
    func adding() throws {
        let line = try Days.line(4, vehicles: 2)
        let nobody = RoutingPlan(routes: [[], []], unserved: Array(0..<4))
        var prices = RoutePrices(pool(of: line, [[[0, 1], [2, 3]]]), line, around: nobody)
        prices.improve(towards: 40, rounds: 500) { true }
        #expect(abs(prices.bound - 12) < 0.5)
        let added = [([3, 2, 1, 0], 20), ([0, 1, 2, 3], 20), ([0, 1, 2, 3], 8)].map { jobs, cost in
            prices.add(jobs, kind: 0, cost: cost, planCost: 20)
        }
        #expect(added == [true, false, true])
        #expect(prices.pool.routes.last?.jobs == [0, 1, 2, 3])
        prices.improve(towards: 12, rounds: 500, .goingOn) { true }
        #expect(abs(prices.bound - 8) < 0.5)
        #expect(prices.shares[2] > 0.9)
        prices.thin(to: 1)
        // What has a share yet is kept besides.
        #expect(prices.pool.routes.map(\.jobs) == [[0, 1, 2, 3], [2, 3]])
        #expect(prices.live == [0, 1])
        let isNew = prices.add([0, 1], kind: 0, cost: 4, planCost: 20)
        #expect(isNew)
    }

    @Test("some jobs keep their prices among themselves, and the routes and shares that have no other job")
    func someJobs() throws {
        let line = try Days.line(4, vehicles: 2)
        let nobody = RoutingPlan(routes: [[], []], unserved: Array(0..<4))
        let routes = [[[0, 1], [2, 3]], [[0, 1, 2], [3]], [[3, 2]]]
        var whole = RoutePrices(pool(of: line, routes), line, around: nobody)
        whole.improve(towards: 40, rounds: 500) { true }
        let part = whole.of([3, 2], line.with([1], jobs: [3, 2]), seed: 1)
        #expect(part.ofJob == [whole.ofJob[3], whole.ofJob[2]])
        #expect(part.prizes == [whole.prizes[3], whole.prizes[2]])
        let kept = whole.pool.routes.indices.filter { Set([2, 3]).isSuperset(of: whole.pool.routes[$0].jobs) }
        #expect(part.pool.routes.map(\.jobs) == kept.map { whole.pool.routes[$0].jobs.map { 3 - $0 } })
        #expect(part.pool.routes.map(\.cost) == kept.map { whole.pool.routes[$0].cost })
        #expect(part.shares == kept.map { whole.shares[$0] })
        #expect(part.shares.contains { $0 > 0.4 })
    }

    /// Plans that a hot search passes.
    private func wanderings(_ problem: RoutingProblem, _ seed: UInt64) -> [[[Int]]] {
        var search = RuinAndRecreate(problem, from: nil, seed: seed)
        return (0..<30).map { _ in
            for _ in 0..<10 { _ = search.round(temperature: 500) }
            return search.present.routes
        }
    }

    private func missing(_ routes: [[Int]], _ problem: RoutingProblem) -> [Int] {
        problem.jobs.indices.filter { job in !routes.contains { $0.contains(job) } }
    }

    /// Tries every set of routes.
    private func leastCost(of routes: [RoutePool.Route], _ problem: RoutingProblem) -> Int {
        (0..<1 << routes.count).map { set in
            cost(of: routes.indices.filter { set >> $0 & 1 == 1 }.map { routes[$0] }, problem)
        }.min() ?? 0
    }

    /// No choice costs so much when a job or a vehicle has two routes.
    private func cost(of routes: [RoutePool.Route], _ problem: RoutingProblem) -> Int {
        let jobs = routes.flatMap(\.jobs)
        guard Set(jobs).count == jobs.count, Set(routes.map(\.kind)).count == routes.count else { return .max }
        let left = problem.jobs.indices.filter { !jobs.contains(Int32($0)) }
        return routes.reduce(0) { $0 + $1.cost } + left.reduce(0) { $0 + problem.jobs[$1].prize }
    }
}
