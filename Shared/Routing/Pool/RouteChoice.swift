/// Which of the pooled routes make the cheapest plan: exactly while that is quick, else by fixing one after another.
struct RouteChoice {
    private var prices: RoutePrices
    private let problem: RoutingProblem
    private let upper: Int
    private var random: SearchRandom

    private static let rounds = 3000
    private static let roundsAfterFixing = 100
    private static let branches = 2000
    private static let branchesAfterFixing = 200
    private static let dives = 20
    /// Routes taken back until a dive is given up: what is wrong was fixed before.
    private static let failures = 5
    /// By how much a smaller share may come before a larger one, so that dives differ.
    private static let disorder = 0.4
    /// Routes of a job that are fixed one after another.
    private static let cheapest = 40
    /// A share so large is one: fixing it changes no other.
    private static let certain = 0.95

    /// - Parameters:
    ///   - best: the best plan so far.
    ///   - cost: what that costs.
    init(_ pool: RoutePool, _ problem: RoutingProblem, best: RoutingPlan, cost: Int, seed: UInt64) {
        self.problem = problem
        upper = cost
        random = SearchRandom(seed: seed)
        prices = RoutePrices(pool, problem, around: best)
    }

    /// A plan of pooled routes that is better than the best; nil when there is none, or it is not found in time.
    mutating func plan(while goesOn: () -> Bool) -> RoutingPlan? {
        prices.improve(towards: upper, rounds: Self.rounds, while: goesOn)
        guard prices.bound < Double(upper) - 1 else { return nil }
        let tree = tried(Self.branches, while: goesOn)
        if let chosen = tree.best { return plan(of: chosen) }
        if tree.isComplete { return nil }
        prices.keepCheapest(Self.cheapest)
        return found(while: goesOn).map { plan(of: $0) }
    }

    /// Dives until one finds a plan or time is over.
    private mutating func found(while goesOn: () -> Bool) -> [Int]? {
        let root = prices
        for dive in 0..<Self.dives where goesOn() {
            prices = root
            if let chosen = fixed(disorder: dive == 0 ? 0 : Self.disorder, while: goesOn) { return chosen }
        }
        return nil
    }

    /// Routes with the largest share in the relaxed choice, one after another, until the rest can be tried out. One that
    /// turns out to be in no better plan is taken back.
    private mutating func fixed(disorder: Double, while goesOn: () -> Bool) -> [Int]? {
        var chosen: [Int] = []
        var failures = 0
        while failures < Self.failures, goesOn(), let next = nextToFix(disorder) {
            let before = prices
            prices.fix(next)
            if before.shares[next] < Self.certain {
                prices.improve(towards: upper, rounds: Self.roundsAfterFixing, while: goesOn)
            }
            let tree = tried(Self.branchesAfterFixing, while: goesOn)
            if let rest = tree.best { return chosen + [next] + rest }
            if tree.isComplete {
                failures += 1
                prices = before
                prices.forget(next)
                prices.improve(towards: upper, rounds: Self.roundsAfterFixing, while: goesOn)
            } else {
                chosen.append(next)
            }
        }
        return nil
    }

    private mutating func nextToFix(_ disorder: Double) -> Int? {
        let worths = prices.live.map { worth($0) + disorder * random.unit() }
        return worths.indices.max { worths[$0] < worths[$1] }.map { prices.live[$0] }
    }

    private func tried(_ branches: Int, while goesOn: () -> Bool) -> ChoiceTree {
        var tree = ChoiceTree(prices, below: upper, most: branches)
        tree.search(while: goesOn)
        return tree
    }

    private func worth(_ route: Int) -> Double {
        prices.shares[route] - 1e-3 * prices.reducedCost(route) / Double(prices.pool.routes[route].jobs.count)
    }

    private func plan(of chosen: [Int]) -> RoutingPlan {
        var routes = Array(repeating: [Int](), count: problem.vehicles.count)
        var isServed = Array(repeating: false, count: problem.jobs.count)
        var left = prices.pool.kinds.members
        for route in chosen.map({ prices.pool.routes[$0] }) {
            guard let vehicle = left[route.kind].popLast() else { continue }
            routes[vehicle] = route.jobs.map(Int.init)
            for job in route.jobs { isServed[Int(job)] = true }
        }
        return RoutingPlan(routes: routes, unserved: problem.jobs.indices.filter { !isServed[$0] })
    }
}
