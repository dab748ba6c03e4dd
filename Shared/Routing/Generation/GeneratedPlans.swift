/// Goes on from a plan by generating others: each is begun with routes that were generated and ended by a search of the
/// jobs that these leave. First of the whole, which is then searched part by part for a while. Then of one part of the
/// best after another, of which only what is better is kept.
struct GeneratedPlans {
    private let problem: RoutingProblem
    private var generation: RouteGeneration
    private var parts: PartByPart
    private var random: SearchRandom

    /// Rounds part by part for each job of a plan.
    private static let roundsInParts = 200
    /// A plan that costs so much more than the best says that generated routes are no good here.
    private static let worthless = 1.03
    /// A part has no more jobs than so many routes have, enough to be chosen quite differently; that is within bounds, so
    /// that it is worth while, and done with soon.
    private static let routesOfPart = 10
    private static let mostJobsOfPart = 200...400

    init(_ board: RouteBoard, _ pool: RoutePool, best: RoutingPlan, seed: UInt64) {
        problem = board.problem
        generation = RouteGeneration(board, pool, best: best, seed: seed)
        parts = PartByPart(problem, seed: seed)
        random = SearchRandom(seed: seed)
    }

    /// Until the budget is spent, or the plan of the whole turns out to be no good: prices take too long, or it costs too
    /// much or leaves somebody out. The best plan so far serves everybody.
    mutating func improve(
        _ teller: inout Teller, _ spent: inout SpentBudget, _ found: (RoutingPlan, Int) -> Bool
    ) {
        guard teller.goesOn, !spent.isSpent, improveWhole(&teller, &spent, found) else { return }
        while teller.goesOn, !spent.isSpent {
            guard let (plan, saved) = improvedPart(of: teller.plan, &spent) else { continue }
            teller.tell(plan, cost: teller.cost - saved, found)
            generation.add(plan, cost: teller.cost)
        }
    }

    /// One plan of the whole; false when it shows that generated ones are no good.
    private mutating func improveWhole(
        _ teller: inout Teller, _ spent: inout SpentBudget, _ found: (RoutingPlan, Int) -> Bool
    ) -> Bool {
        generation.add(teller.plan, cost: teller.cost)
        guard generation.converge(towards: teller.cost, &spent) else { return false }
        guard let begun = generation.plan(towards: teller.cost, &spent) else { return true }
        guard begun.plan.unserved.isEmpty else { return false }
        let (plan, cost) = parts.improved(begun, rounds: Self.roundsInParts * problem.jobs.count, &spent)
        generation.add(plan, cost: cost)
        if cost < teller.cost { teller.tell(plan, cost: cost, found) }
        return Double(cost) <= Self.worthless * Double(teller.cost)
    }

    /// The plan with one of its parts generated, and how much less it costs; nil when nothing better was found.
    mutating func improvedPart(
        of plan: RoutingPlan, _ spent: inout SpentBudget
    ) -> (plan: RoutingPlan, saved: Int)? {
        let wanted = Self.routesOfPart * problem.jobs.count / max(1, plan.vehiclesInUse)
        let most = min(max(wanted, Self.mostJobsOfPart.lowerBound), Self.mostJobsOfPart.upperBound)
        let part = PlanPart(problem, plan, around: random.below(problem.jobs.count), most: most)
        let cost = part.plan.routes.reduce(0) { $0 + part.problem.cost(of: $1, 0) }
        var generation = RouteGeneration(generation, of: part, seed: random.next())
        generation.add(part.plan, cost: cost)
        guard generation.converge(towards: cost, &spent), let found = generation.plan(towards: cost, &spent),
            found.plan.unserved.isEmpty, found.cost < cost
        else { return nil }
        return (part.whole(plan, with: found.plan), cost - found.cost)
    }
}
