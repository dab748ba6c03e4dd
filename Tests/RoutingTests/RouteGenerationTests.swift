import Testing

@testable import Routing

@Suite("Generated routes")
struct RouteGenerationTests {
    /// Vehicles at one depot that carry some ten jobs, each of which one can be at in time.
    private func day(seed: UInt64, jobs: Int, capacity: Int32 = 50) throws -> RoutingProblem {
        var random = SearchRandom(seed: seed)
        let places = (0...jobs).map { _ in (x: random.below(1_000), y: random.below(1_000)) }
        let travel = places.flatMap { from in
            places.map { to in Int32(abs(from.x - to.x) + abs(from.y - to.y)) }
        }
        let list = (0..<jobs).map { job in
            let begin = Int32(2_000 + random.below(7_000))
            return RoutingProblem.Job(
                location: job, service: Int32(10 + random.below(90)), windows: [begin...begin + 300],
                demand: Int32(1 + random.below(9)), prize: 1_000_000)
        }
        let vehicle = RoutingProblem.Vehicle(start: jobs, end: jobs, shift: 0...13_000, capacity: capacity)
        return try RoutingProblem(
            jobs: list, vehicles: Array(repeating: vehicle, count: jobs),
            travel: TravelMatrix(size: jobs + 1, values: travel))
    }

    /// Everything that one vehicle can do.
    private func allRoutes(_ problem: RoutingProblem) -> [[Int]] {
        let vehicle = problem.vehicles[0]
        func after(_ route: [Int], leaving departure: Int32, _ load: Int32) -> [[Int]] {
            let here = route.last.map { problem.jobs[$0].location } ?? vehicle.start
            return problem.jobs.indices.filter { !route.contains($0) }.flatMap { next -> [[Int]] in
                let job = problem.jobs[next]
                let begins = max(departure + problem.travel[here, job.location], job.windows[0].lowerBound)
                let leaves = begins + job.service
                guard begins <= job.windows[0].upperBound, load + job.demand <= vehicle.capacity,
                    leaves + problem.travel[job.location, vehicle.end] <= vehicle.shift.upperBound
                else { return [] }
                return [route + [next]] + after(route + [next], leaving: leaves, load + job.demand)
            }
        }
        return after([], leaving: vehicle.shift.lowerBound, 0)
    }

    @Test(
        "the route that costs the least below its prices is found, and all that are found can be driven",
        arguments: 1...8 as ClosedRange<UInt64>)
    func cheapest(seed: UInt64) throws {
        let problem = try day(seed: seed, jobs: 10)
        var random = SearchRandom(seed: seed)
        let prices = problem.jobs.map { _ in Double(random.below(3_000)) }
        let isOpen = problem.jobs.map { _ in !random.happens(oneIn: 5) }
        func reduced(_ route: [Int]) -> Double {
            Double(problem.cost(of: route, 0)) - route.reduce(0) { $0 + prices[$1] }
        }
        let all = allRoutes(problem).filter { $0.allSatisfy { isOpen[$0] } }
        let labels = RouteLabels(RouteBoard(problem))
        // Nothing is left of what was looked for before.
        _ = labels.routes(below: prices.map { $0 + 500 }, of: problem.jobs.map { _ in true }) { true }
        let routes = labels.routes(below: prices, of: isOpen) { true }.map { $0.map(Int.init) }
        #expect(!labels.isFull)
        let least = try #require(all.map(reduced).min())
        #expect(least < 0)
        #expect(abs(reduced(routes[0]) - least) < 1)
        let possible = Set(all)
        #expect(routes.allSatisfy { possible.contains($0) && reduced($0) < 0 })
        #expect(routes.map(reduced) == routes.map(reduced).sorted())
        #expect(Set(routes.map { $0[$0.count - 1] }).count == routes.count)
    }

    @Test("a job that nobody can be at in time is in no route, nor is one that is too heavy, whatever they are worth")
    func impossible() throws {
        let day = try day(seed: 1, jobs: 8)
        var jobs = day.jobs
        jobs[2].windows = [20_000...21_000]
        jobs[5].demand = .max
        let problem = try RoutingProblem(jobs: jobs, vehicles: day.vehicles, travel: day.travel)
        let found = RouteLabels(RouteBoard(problem))
            .routes(below: jobs.map { _ in 100_000 }, of: jobs.map { _ in true }) { true }
        #expect(Set(found.joined()) == [0, 1, 3, 4, 6, 7])
    }

    @Test(
        "once prices are right no route is far below them, and no plan costs less than they say",
        arguments: 1...4 as ClosedRange<UInt64>)
    func converged(seed: UInt64) throws {
        // No route is overlooked for its load.
        let problem = try day(seed: seed, jobs: 10, capacity: 1_000)
        let (best, cost) = firstPlan(problem, seed)
        var generation = RouteGeneration(
            RouteBoard(problem), RoutePool(problem, seed: seed), best: best, seed: seed)
        generation.add(best, cost: cost)
        var spent = SpentBudget(.rounds(1_000_000))
        let isRight = generation.converge(towards: cost, &spent)
        #expect(isRight)
        #expect(spent.rounds > 0 && !spent.isSpent)
        let prices = generation.prices
        let least = allRoutes(problem).map { route in
            Double(problem.cost(of: route, 0)) - route.reduce(0) { $0 + prices.ofJob[$1] }
        }.min()
        let lowest = try #require(least)
        #expect(lowest > -0.01 * Double(cost))
        #expect(prices.bound <= Double(cost) + 1)
        #expect(prices.bound > 0.5 * Double(cost))
    }

    @Test("a plan that is begun serves about half of the jobs, once each, with routes that can be driven")
    func begun() throws {
        let problem = try day(seed: 3, jobs: 80)
        let (best, cost) = firstPlan(problem, 3)
        var generation = RouteGeneration(
            RouteBoard(problem), RoutePool(problem, seed: 3), best: best, seed: 3)
        generation.add(best, cost: cost)
        var spent = SpentBudget(.rounds(10_000_000))
        let isRight = generation.converge(towards: cost, &spent)
        #expect(isRight)
        let begun = generation.begunPlan(towards: cost, &spent)
        let (routes, open) = try #require(begun)
        #expect((1...36).contains(open.count))
        #expect((routes.joined() + open).sorted() == Array(problem.jobs.indices))
        let vehicles = routes + Array(repeating: [], count: problem.vehicles.count - routes.count)
        _ = try PlanEvaluator(problem).evaluate(RoutingPlan(routes: vehicles, unserved: open))
    }

    @Test("a plan that is begun is not ended when it cannot be better than the best one")
    func hopeless() throws {
        let problem = try day(seed: 3, jobs: 80)
        let (best, cost) = firstPlan(problem, 3)
        var generation = RouteGeneration(RouteBoard(problem), RoutePool(problem, seed: 3), best: best, seed: 3)
        generation.add(best, cost: cost)
        var spent = SpentBudget(.rounds(10_000_000))
        _ = generation.converge(towards: cost, &spent)
        let begun = generation.begunPlan(towards: Int(generation.prices.bound), &spent)
        #expect(begun == nil)
        #expect(!spent.isSpent)
    }

    @Test("what a generated part saves is what the plan costs less, and only some neighbouring routes change for it")
    func parts() throws {
        let problem = try day(seed: 7, jobs: 400)
        var (plan, cost) = firstPlan(problem, 7, rounds: 30_000)
        let search = RuinAndRecreate(problem, from: plan, seed: 7)
        var plans = GeneratedPlans(search.board, RoutePool(problem, seed: 7), best: plan, seed: 7)
        var spent = SpentBudget(.rounds(3_000_000))
        var changes: [Int] = []
        while !spent.isSpent, changes.count < 4 {
            guard let (better, saved) = plans.improvedPart(of: plan, &spent) else { continue }
            #expect(saved > 0)
            #expect(try PlanEvaluator(problem).evaluate(better).cost == cost - saved)
            changes.append(zip(plan.routes, better.routes).filter { $0 != $1 }.reduce(0) { $0 + $1.0.count })
            (plan, cost) = (better, cost - saved)
        }
        #expect(changes.count == 4)
        #expect(changes.allSatisfy { (2...200).contains($0) })
        // More than a part has that is only searched.
        #expect(changes.contains { $0 > PlanPart.mostJobs })
    }

    @Test("a part of one vehicle, which leaves nobody to do what a generated route does not, comes to nothing")
    func oneVehicle() throws {
        let day = try day(seed: 8, jobs: 12, capacity: 1_000)
        let problem = day.with([0, 1])
        let (best, cost) = firstPlan(problem, 8)
        var generation = RouteGeneration(RouteBoard(problem), RoutePool(problem, seed: 8), best: best, seed: 8)
        generation.add(best, cost: cost)
        let part = PlanPart(problem, best, around: best.routes[0][0], most: 1)
        #expect(part.vehicles == [0])
        var alone = RouteGeneration(generation, of: part, seed: 8)
        var spent = SpentBudget(.rounds(1_000_000))
        let isRight = alone.converge(towards: cost, &spent)
        #expect(isRight)
        let plan = alone.plan(towards: cost, &spent)
        #expect(plan?.plan.unserved.isEmpty ?? true)
    }

    @Test("where windows are so wide that there are too many ways, it gives up, and leaves time to others")
    func wideWindows() throws {
        let day = try day(seed: 9, jobs: 250, capacity: 500)
        let jobs = day.jobs.map { job in
            var job = job
            job.windows = [0...12_000]
            return job
        }
        let problem = try RoutingProblem(jobs: jobs, vehicles: day.vehicles, travel: day.travel)
        let (best, _) = firstPlan(problem, 9, rounds: 20_000)
        let search = RuinAndRecreate(problem, from: best, seed: 9)
        var teller = Teller(search) { _, _ in true }
        var plans = GeneratedPlans(search.board, RoutePool(problem, seed: 9), best: best, seed: 9)
        var spent = SpentBudget(.rounds(10_000_000))
        plans.improve(&teller, &spent) { _, _ in true }
        #expect(!spent.isSpent)
        #expect(teller.plan == best)
    }

    @Test("plans that are generated are better than the one they begin with; the same seed finds the same")
    func plans() throws {
        let problem = try day(seed: 5, jobs: 260)
        let (best, cost) = firstPlan(problem, 5, rounds: 20_000)
        func improved() throws -> [Int] {
            let search = RuinAndRecreate(problem, from: best, seed: 5)
            var teller = Teller(search, { _, _ in true })
            #expect(teller.cost == cost)
            var plans = GeneratedPlans(search.board, RoutePool(problem, seed: 5), best: best, seed: 5)
            var told: [Int] = []
            var spent = SpentBudget(.rounds(600_000))
            plans.improve(&teller, &spent) { plan, cost in
                #expect((try? PlanEvaluator(problem).evaluate(plan).cost) == cost)
                told.append(cost)
                return true
            }
            return told
        }
        let told = try improved()
        #expect(told == told.sorted(by: >))
        // Of the whole there is one plan only.
        #expect(told.count > 1)
        #expect(try #require(told.last) < cost)
        #expect(try improved() == told)
    }

    @Test("nobody is told of more when he wants no more, and a budget that is over is over")
    func ends() throws {
        let problem = try day(seed: 6, jobs: 250)
        let (best, _) = firstPlan(problem, 6, rounds: 20_000)
        let search = RuinAndRecreate(problem, from: best, seed: 6)
        var teller = Teller(search) { _, _ in false }
        var plans = GeneratedPlans(search.board, RoutePool(problem, seed: 6), best: best, seed: 6)
        var spent = SpentBudget(.rounds(100_000))
        plans.improve(&teller, &spent) { _, _ in true }
        #expect(spent.rounds == 0)
        teller = Teller(search) { _, _ in true }
        spent = SpentBudget(.rounds(10))
        plans.improve(&teller, &spent) { _, _ in
            Issue.record("there was no time for another plan")
            return true
        }
        #expect(spent.isSpent)
        spent = SpentBudget(.rounds(1_000_000))
        var told = 0
        plans.improve(&teller, &spent) { _, _ in
            told += 1
            return false
        }
        #expect(told == 1)
        #expect(!spent.isSpent)
    }

    @Test("routes are generated where vehicles are alike and nobody minds who comes")
    func suits() throws {
        let day = try day(seed: 1, jobs: 4)
        #expect(RouteGeneration.suits(day))
        func with(
            job: (inout RoutingProblem.Job) -> Void = { _ in },
            vehicle: (inout RoutingProblem.Vehicle) -> Void = { _ in }
        ) throws -> RoutingProblem {
            var (jobs, vehicles) = (day.jobs, day.vehicles)
            job(&jobs[1])
            vehicle(&vehicles[1])
            return try RoutingProblem(jobs: jobs, vehicles: vehicles, travel: day.travel)
        }
        let others = [
            try with { $0.windows = [0...10, 20...30] }, try with { $0.skills = [1] }, try with { $0.only = 0 },
            try with { $0.plannedFor = 0 }, try with { $0.surcharges = [0: 1] }, try with { $0.delay = 1 },
            try with(vehicle: { $0.start = 2 }), try with(vehicle: { $0.capacity = 2 }),
            try with(vehicle: { $0.pause = Pause(window: 10...20, length: 5) }),
            try RoutingProblem(jobs: [], vehicles: [], travel: day.travel),
        ]
        for other in others { #expect(!RouteGeneration.suits(other)) }
    }

    private func firstPlan(
        _ problem: RoutingProblem, _ seed: UInt64, rounds: Int = 2_000
    ) -> (plan: RoutingPlan, cost: Int) {
        var cost = 0
        let plan = SISR().improve(problem, from: nil, budget: .rounds(rounds), seed: seed) {
            cost = $1
            return true
        }
        return (plan, cost)
    }
}
