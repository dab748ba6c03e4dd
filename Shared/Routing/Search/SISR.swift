import Foundation

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
        var told = search.best.cost
        var last = search.bestPlan
        var goesOn = found(last, told)
        let cooling = Cooling(leg: search.averageLeg, isWarm: plan != nil)
        var temperature = cooling.temperature(spent.share)
        while goesOn, !spent.isSpent {
            _ = search.round(temperature: temperature)
            spent.countRound()
            if spent.rounds & 15 == 0 { temperature = cooling.temperature(spent.share) }
            // A plan in words takes as long as some rounds.
            let isTime = spent.isSpent || spent.rounds % (1 + problem.jobs.count / 4) == 0
            guard isTime, search.best.cost < told else { continue }
            told = search.best.cost
            last = search.bestPlan
            goesOn = found(last, told)
        }
        return last
    }
}

/// From a temperature at which several legs' detour is accepted to one at which hardly any is, by equal factors.
struct Cooling {
    /// In average legs of the first plan.
    private static let hottest = 2.0
    private static let coldest = 0.03
    /// Where a plan is given that a hot search would only undo.
    private static let warm = 0.2

    /// Travel from one stop to the next, on average.
    let leg: Double
    var isWarm = false

    func temperature(_ share: Double) -> Double {
        let hottest = isWarm ? Self.warm : Self.hottest
        return leg * hottest * pow(Self.coldest / hottest, share)
    }
}
