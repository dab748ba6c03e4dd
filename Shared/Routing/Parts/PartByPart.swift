/// Goes on from a plan part by part: each is searched by itself, and only what is better is kept. What one search of the
/// whole has found is good here and less good there, as luck would have it; the parts keep what is good. (POPMUSIC: Taillard
/// and Voss, in *Essays and Surveys in Metaheuristics*, 2002.)
struct PartByPart {
    let problem: RoutingProblem
    private var random: SearchRandom

    /// Rounds a job of one search of a part.
    private static let rounds = 150

    init(_ problem: RoutingProblem, seed: UInt64) {
        self.problem = problem
        random = SearchRandom(seed: seed)
    }

    /// Spends what is left of the budget, unless there is nobody in the plan to begin with.
    mutating func improve(
        _ teller: inout Teller, _ spent: inout SpentBudget, _ found: (RoutingPlan, Int) -> Bool
    ) {
        while teller.goesOn, !spent.isSpent, teller.plan.vehiclesInUse > 0 {
            guard let (plan, saved) = improved(teller.plan, &spent) else { continue }
            teller.tell(plan, cost: teller.cost - saved, found)
        }
    }

    /// A plan after so many rounds.
    mutating func improved(
        _ begun: (plan: RoutingPlan, cost: Int), rounds: Int, _ spent: inout SpentBudget
    ) -> (plan: RoutingPlan, cost: Int) {
        var (plan, cost) = begun
        let end = spent.rounds + rounds
        while spent.rounds < end, !spent.isSpent, plan.vehiclesInUse > 0 {
            guard let (better, saved) = improved(plan, &spent) else { continue }
            (plan, cost) = (better, cost - saved)
        }
        return (plan, cost)
    }

    /// The plan with one of its parts searched, and how much less it costs; nil when nothing better was found.
    mutating func improved(_ plan: RoutingPlan, _ spent: inout SpentBudget) -> (plan: RoutingPlan, saved: Int)? {
        let part = PlanPart(problem, plan, around: random.below(problem.jobs.count))
        var search = RuinAndRecreate(part.problem, from: part.plan, seed: random.next())
        let before = search.cost
        let cooling = Cooling(leg: search.averageLeg, hottest: Cooling.ofPart)
        search.anneal(cooling, rounds: Self.rounds * part.jobs.count, &spent)
        guard search.best.cost < before else { return nil }
        return (part.whole(plan, with: search.bestPlan), before - search.best.cost)
    }
}
