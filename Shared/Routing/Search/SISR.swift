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
        var search = RuinAndRecreate(problem, from: plan, seed: seed)
        var spent = SpentBudget(budget)
        var goesOn = found(search.best.plan, search.best.cost)
        let cooling = Cooling(leg: search.averageLeg)
        while goesOn, !spent.isSpent {
            if search.round(temperature: cooling.temperature(spent.share)) {
                goesOn = found(search.best.plan, search.best.cost)
            }
            spent.countRound()
        }
        return search.best.plan
    }
}

/// From a temperature at which several legs' detour is accepted to one at which hardly any is, by equal factors.
struct Cooling {
    /// In average legs of the first plan.
    private static let hottest = 6.0
    private static let coldest = 0.06

    /// Travel from one stop to the next, on average.
    let leg: Double

    func temperature(_ share: Double) -> Double {
        leg * Self.hottest * pow(Self.coldest / Self.hottest, share)
    }
}
