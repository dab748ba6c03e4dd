/// Goes on from a plan by generating others: each is begun with routes that were generated and ended by a search of the
/// jobs that these leave, and then searched part by part for a while. Routes of good plans make the next ones better.
struct GeneratedPlans {
    private let problem: RoutingProblem
    private var generation: RouteGeneration
    private var parts: PartByPart
    private var random: SearchRandom

    /// Rounds of a search for each of its jobs, and rounds part by part for each job of a plan.
    private static let roundsOfJob = 400
    private static let roundsInParts = 200
    /// A plan that costs so much more than the best says that generated routes are no good here.
    private static let worthless = 1.03

    init(_ board: RouteBoard, _ pool: RoutePool, best: RoutingPlan, seed: UInt64) {
        problem = board.problem
        generation = RouteGeneration(board, pool, best: best, seed: seed)
        parts = PartByPart(problem, seed: seed)
        random = SearchRandom(seed: seed)
    }

    /// Until the budget is spent, or plans turn out to be no good: prices take too long, or a plan costs too much or
    /// leaves somebody out. The best plan so far serves everybody.
    mutating func improve(
        _ teller: inout Teller, _ spent: inout SpentBudget, _ found: (RoutingPlan, Int) -> Bool
    ) {
        while teller.goesOn, !spent.isSpent {
            generation.add(teller.plan, cost: teller.cost)
            guard generation.converge(towards: teller.cost, &spent),
                let begun = planned(towards: teller.cost, &spent), begun.plan.unserved.isEmpty
            else { return }
            let (plan, cost) = parts.improved(begun, rounds: Self.roundsInParts * problem.jobs.count, &spent)
            generation.add(plan, cost: cost)
            if cost < teller.cost { teller.tell(plan, cost: cost, found) }
            if Double(cost) > Self.worthless * Double(teller.cost) { return }
        }
    }

    /// A plan of generated routes, and of those that a search makes of what they leave; nil when there is no time for it.
    private mutating func planned(
        towards upper: Int, _ spent: inout SpentBudget
    ) -> (plan: RoutingPlan, cost: Int)? {
        let (routes, open) = generation.begunPlan(towards: upper, &spent)
        guard !spent.isSpent else { return nil }
        let rest = problem.with(Array(routes.count..<problem.vehicles.count), jobs: open)
        var search = RuinAndRecreate(rest, from: nil, seed: random.next()) { spent.goesOnPlacing() }
        search.anneal(Cooling(leg: search.averageLeg), rounds: Self.roundsOfJob * open.count, &spent)
        let found = search.bestPlan
        let plan = RoutingPlan(
            routes: routes + found.routes.map { $0.map { open[$0] } }, unserved: found.unserved.map { open[$0] })
        return (plan, routes.reduce(search.best.cost) { $0 + problem.cost(of: $1, 0) })
    }
}
