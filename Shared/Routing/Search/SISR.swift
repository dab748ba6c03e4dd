/// Slack induction by string removals (Christiaens and Vanden Berghe, Transportation Science 54 (2), 2020): a round takes
/// strings of neighbouring jobs out of a few routes, puts them back greedily, overlooking a place now and then, and keeps
/// what simulated annealing lets it.
public struct SISR: RouteOptimizer {
    public init() {}

    public func improve(
        _ problem: RoutingProblem, from plan: RoutingPlan?, budget: SearchBudget, seed: UInt64,
        found: (RoutingPlan, Int) -> Bool
    ) -> RoutingPlan {
        var spent = SpentBudget(budget)
        var search = RuinAndRecreate(problem, from: plan, seed: seed) { spent.goesOnPlacing() }
        var teller = Teller(search, found)
        let hottest = plan == nil ? Cooling.fromNothing : Cooling.fromPlan
        var annealing = Annealing(Cooling(leg: search.averageLeg, hottest: hottest), from: spent.share)
        while teller.goesOn, annealing.round(&search, &spent) { teller.tell(search, rounds: spent.rounds, found) }
        teller.tellNow(search, found)
        return teller.plan
    }
}
