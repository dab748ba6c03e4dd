/// Several searches of `SISR` one after another, whose routes are pooled. Each has its own idea of who belongs together,
/// and the cheapest choice of all their routes is often better than any of them (set partitioning; Rochat and Taillard,
/// *Journal of Heuristics* 1, 1995). The last ones go on from that. Of many jobs the best plan is then searched part by
/// part; where vehicles are alike, others are made of generated routes instead, unless these are no good
/// (`GeneratedPlans`).
public struct PooledSISR: RouteOptimizer {
    public init() {}

    /// What has a plan already is mended by one search: there is nothing to choose from. So is a day on which
    /// time costs something, pooled routes being compared by travel, and one with depots or helpers: a route of the pool has its call and
    /// stands by itself.
    public func improve(
        _ problem: RoutingProblem, from plan: RoutingPlan?, budget: SearchBudget, seed: UInt64,
        found: (RoutingPlan, Int) -> Bool
    ) -> RoutingPlan {
        if plan != nil || problem.hasTimeCosts || problem.hasDepots || problem.hasHelpers {
            return SISR().improve(problem, from: plan, budget: budget, seed: seed, found: found)
        }
        var spent = SpentBudget(budget)
        var search = RuinAndRecreate(problem, from: nil, seed: seed) { spent.goesOnPlacing() }
        var teller = Teller(search, found)
        guard teller.goesOn else { return teller.plan }
        var annealing = Annealing(Cooling(leg: search.averageLeg), from: spent.share)
        let rounds = annealing.expectedRounds(&search, &spent)
        let schedule = SearchSchedule(
            rounds: rounds, jobs: problem.jobs.count, routes: search.board.vehiclesInUse,
            servesAll: search.unserved.jobs.isEmpty, generates: RouteGeneration.suits(problem))
        var pool = RoutePool(problem, seed: seed)
        var seeds = SearchRandom(seed: seed)
        // Where the next search begins; nil for one from nothing.
        var start: RoutingPlan?
        for number in 0..<schedule.count where teller.goesOn && spent.share < schedule.whole {
            let isWarm = start != nil
            if number > 0 {
                search = RuinAndRecreate(problem, from: start, seed: seeds.next()) { spent.goesOnPlacing() }
                let hottest = isWarm ? Cooling.fromPlan : Cooling.fromNothing
                annealing = Annealing(Cooling(leg: search.averageLeg, hottest: hottest), from: spent.share)
            }
            annealing.end = annealing.begin + (schedule.whole - annealing.begin) / Double(schedule.count - number)
            while teller.goesOn, annealing.round(&search, &spent) {
                teller.tell(search, rounds: spent.rounds, found)
                if schedule.count > 1 || schedule.generates, spent.rounds % schedule.pooling == 0,
                    isWarm || annealing.share(spent) > SearchSchedule.pooledFrom
                {
                    pool.add(search.board, planCost: search.cost)
                }
            }
            teller.tellNow(search, found)
            if number + 1 >= schedule.starts, number + 1 < schedule.count, teller.goesOn {
                start = chosen(problem, pool, teller, &spent, until: schedule.whole, seed: seeds.next())
                if start == nil, number + 2 == schedule.count { start = teller.plan }
            }
        }
        if schedule.generates, teller.goesOn, !spent.isSpent, teller.plan.unserved.isEmpty {
            var plans = GeneratedPlans(search.board, pool, best: teller.plan, seed: seeds.next())
            plans.improve(&teller, &spent, found)
        }
        if schedule.whole < 1 {
            var parts = PartByPart(problem, seed: seeds.next())
            parts.improve(&teller, &spent, found)
        }
        return teller.plan
    }

    /// The best choice of pooled routes; nil when none is found that is better than the best plan.
    private func chosen(
        _ problem: RoutingProblem, _ pool: RoutePool, _ teller: Teller, _ spent: inout SpentBudget, until end: Double,
        seed: UInt64
    ) -> RoutingPlan? {
        // Late in the budget no more than half of what is left: the search after it needs some, and nothing may outlast it.
        let until = spent.share + min(SearchSchedule.choosing, (end - spent.share) / 2)
        var choice = RouteChoice(pool, problem, best: teller.plan, cost: teller.cost, seed: seed)
        return choice.plan {
            spent.lookAtClock()
            return spent.share < until
        }
    }
}
