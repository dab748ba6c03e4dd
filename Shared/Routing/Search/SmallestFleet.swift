/// First as few vehicles as it can find, then the least travel with these.
///
/// A vehicle is given up and its jobs are tried elsewhere; what has been left out most often is placed first of all, the
/// absence count of Christiaens and Vanden Berghe.
public struct SmallestFleet: RouteOptimizer {
    /// Of the budget, at most, for giving up vehicles.
    private static let share = 0.7

    public init() {}

    public func improve(
        _ problem: RoutingProblem, from plan: RoutingPlan?, budget: SearchBudget, seed: UInt64,
        found: (RoutingPlan, Int) -> Bool
    ) -> RoutingPlan {
        let (most, _) = budget.split(Self.share)
        var spent = SpentBudget(most)
        let start = RuinAndRecreate(problem, from: plan, seed: seed) { spent.goesOnPlacing() }
        var fleet = Fleet(problem, start.present, start.cost)
        guard found(fleet.plan, fleet.cost) else { return fleet.plan }
        var seeds = SearchRandom(seed: seed)
        while !spent.isSpent, fleet.vehicles.count > fleet.leastVehicles {
            guard let smaller = fleet.withOneLess(&spent, seed: seeds.next()) else { break }
            fleet = smaller
            guard found(fleet.plan, fleet.cost) else { return fleet.plan }
        }
        spent.lookAtClock()
        // What was not needed for that goes into travel, too.
        let (_, travel) = budget.split(Self.share * min(1, spent.share))
        let small = fleet
        let best = SISR().improve(small.problem, from: small.inner, budget: travel, seed: seed) { plan, cost in
            found(small.outer(plan), cost)
        }
        return small.outer(best)
    }
}

/// The vehicles that are still used, and a plan for them.
private struct Fleet {
    let whole: RoutingProblem
    /// Indexes in the whole problem.
    let vehicles: [Int]
    let problem: RoutingProblem
    /// A plan of `problem`.
    let inner: RoutingPlan
    /// What the plan costs.
    let cost: Int

    init(_ whole: RoutingProblem, _ plan: RoutingPlan, _ cost: Int) {
        self.init(
            whole, plan.routes.indices.filter { !plan.routes[$0].isEmpty },
            RoutingPlan(
                routes: plan.routes.filter { !$0.isEmpty }, unserved: plan.unserved, starts: plan.starts), cost)
    }

    private init(_ whole: RoutingProblem, _ vehicles: [Int], _ inner: RoutingPlan, _ cost: Int) {
        self.whole = whole
        self.vehicles = vehicles
        self.inner = inner
        self.cost = cost
        problem = whole.with(vehicles)
    }

    var plan: RoutingPlan { outer(inner) }

    /// No plan that serves everybody has fewer.
    var leastVehicles: Int {
        let demand = whole.jobs.reduce(0) { $0 + Int($1.demand) }
        let most = whole.vehicles.map { Int($0.capacity) }.max() ?? 1
        return max(1, (demand + most - 1) / max(1, most))
    }

    /// A plan of the fleet as one of the whole problem.
    func outer(_ plan: RoutingPlan) -> RoutingPlan {
        var routes = Array(repeating: [Int](), count: whole.vehicles.count)
        for (vehicle, route) in zip(vehicles, plan.routes) { routes[vehicle] = route }
        return RoutingPlan(routes: routes, unserved: plan.unserved, starts: plan.starts)
    }

    /// Without the vehicle that has the fewest jobs; nil when the budget was spent before all were.
    func withOneLess(_ spent: inout SpentBudget, seed: UInt64) -> Fleet? {
        // Who has a job that is nobody else's is not given up.
        let bound = Set(problem.jobs[problem.visited].compactMap(\.only))
        let free = inner.routes.indices.filter { !bound.contains($0) }
        guard let least = free.min(by: { inner.routes[$0].count < inner.routes[$1].count }) else {
            return nil
        }
        var kept = vehicles
        kept.remove(at: least)
        var routes = inner.routes
        routes.remove(at: least)
        let smaller = whole.with(kept)
        // Whoever helped elsewhere leaves that job to be placed anew, too.
        let rest = RoutingPlan(routes: routes, unserved: [], starts: inner.starts)
        var search = RuinAndRecreate(smaller, from: rest, seed: seed)
        var absences = Array(repeating: 0, count: whole.jobs.count)
        let cooling = Cooling(leg: search.averageLeg)
        while !search.unserved.jobs.isEmpty {
            if spent.isSpent { return nil }
            for job in search.unserved.jobs { absences[job] += 1 }
            _ = search.round(temperature: cooling.temperature(spent.share), absences: absences)
            spent.countRound()
        }
        return Fleet(whole, kept, search.present, search.cost)
    }
}
