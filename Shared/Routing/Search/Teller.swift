/// Tells of better plans, now and then: a plan in words takes as long as some rounds.
struct Teller {
    /// The best that was told of.
    private(set) var plan: RoutingPlan
    private(set) var cost: Int
    /// Whether who is told wants more, and there is something to plan.
    private(set) var goesOn: Bool
    private let interval: Int

    /// Tells of the first one.
    init(_ search: RuinAndRecreate, _ found: (RoutingPlan, Int) -> Bool) {
        (plan, cost) = (search.bestPlan, search.best.cost)
        interval = 1 + search.problem.jobs.count / 4
        goesOn = found(plan, cost) && !search.problem.asked.isEmpty
    }

    mutating func tell(_ search: RuinAndRecreate, rounds: Int, _ found: (RoutingPlan, Int) -> Bool) {
        if rounds % interval == 0 { tellNow(search, found) }
    }

    mutating func tellNow(_ search: RuinAndRecreate, _ found: (RoutingPlan, Int) -> Bool) {
        if search.best.cost < cost { tell(search.bestPlan, cost: search.best.cost, found) }
    }

    /// Tells of a plan that is better.
    mutating func tell(_ plan: RoutingPlan, cost: Int, _ found: (RoutingPlan, Int) -> Bool) {
        (self.plan, self.cost) = (plan, cost)
        goesOn = found(plan, cost)
    }
}
