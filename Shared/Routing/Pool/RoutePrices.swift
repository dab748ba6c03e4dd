/// What each job may cost at most so that no choice of pooled routes costs less than all these prices together: the
/// Lagrangian dual of the set partitioning problem, by the volume algorithm (Barahona and Anbil, *Mathematical Programming*
/// 87, 2000), which also says what share each route has in the relaxed choice.
///
/// Routes of a kind that has one vehicle exclude each other; of a larger kind any number is let be here.
struct RoutePrices {
    private(set) var pool: RoutePool
    /// What a job costs that no route has.
    let prizes: [Int]
    private(set) var ofJob: [Double]
    /// No choice of live routes costs less, with what is fixed; of the routes there were when prices were last improved.
    private(set) var bound = -Double.infinity
    private(set) var shares: [Double]
    /// Routes that can still be chosen, and jobs that have none yet.
    private(set) var live: [Int] = []
    private(set) var isOpen: [Bool]
    /// Vehicles of each kind that have no route yet.
    private(set) var vehiclesLeft: [Int]
    /// Of the routes that are fixed.
    private(set) var fixedCost = 0
    /// The jobs of all routes in a row, and where each route's begin.
    private var members: [Int32] = []
    private var firsts: [Int] = []
    private var costs: [Double] = []
    private var kinds: [Int] = []

    private static let leastStep = 0.0005
    static let smallestShare = 0.01
    /// Choices that may be worse than the best before steps become smaller.
    private static let patience = 20

    /// How prices begin to move.
    struct Pace {
        /// Whether shares are those of the first choice, and not what they were.
        let forgetsShares: Bool
        /// How much of the shares is the latest choice.
        let freshness: Double
        let firstStep: Double

        static let fromNothing = Pace(forgetsShares: true, freshness: 0.05, firstStep: 0.1)
        /// From prices that were right before a few routes came or went.
        static let goingOn = Pace(forgetsShares: false, freshness: 0.1, firstStep: 0.01)
    }

    /// - Parameters:
    ///   - plan: one whose cost the first prices share out.
    ///   - prizes: what a job costs that no route has; as the problem says unless they are given.
    init(_ pool: RoutePool, _ problem: RoutingProblem, around plan: RoutingPlan, prizes: [Int]? = nil) {
        let prizes = prizes ?? problem.jobs.map(\.prize)
        var prices = prizes.map(Double.init)
        for (vehicle, jobs) in plan.routes.enumerated() where !jobs.isEmpty {
            let each = Double(problem.cost(of: jobs, vehicle)) / Double(jobs.count)
            for job in jobs { prices[job] = min(each, Double(prizes[job])) }
        }
        self.init(pool, prizes: prizes, prices)
    }

    private init(_ pool: RoutePool, prizes: [Int], _ prices: [Double]) {
        self.pool = pool
        self.prizes = prizes
        ofJob = prices
        shares = Array(repeating: 0, count: pool.routes.count)
        isOpen = Array(repeating: true, count: prizes.count)
        vehiclesLeft = pool.kinds.members.map(\.count)
        readRoutes()
    }

    /// The prices of some jobs only, and the routes that have no other.
    ///
    /// - Parameter part: the problem of these jobs, with vehicles of one kind.
    func of(_ jobs: [Int], _ part: RoutingProblem, seed: UInt64) -> RoutePrices {
        var places = Array(repeating: Int32(-1), count: isOpen.count)
        for (place, job) in jobs.enumerated() { places[job] = Int32(place) }
        var few = RoutePool(part, seed: seed)
        var sharesOfFew: [Double] = []
        for index in live {
            let route = pool.routes[index]
            guard route.jobs.allSatisfy({ places[Int($0)] >= 0 }) else { continue }
            let jobs = route.jobs.map { places[Int($0)] }
            _ = few.add(jobs, kind: 0, cost: route.cost, planCost: route.planCost)
            sharesOfFew.append(shares[index])
        }
        var prices = RoutePrices(few, prizes: jobs.map { prizes[$0] }, jobs.map { ofJob[$0] })
        prices.shares = sharesOfFew
        return prices
    }

    /// What a route costs above the prices of its jobs.
    func reducedCost(_ route: Int) -> Double {
        var cost = costs[route]
        for place in firsts[route]..<firsts[route + 1] { cost -= ofJob[Int(members[place])] }
        return cost
    }

    /// Raises the bound.
    ///
    /// - Parameters:
    ///   - upper: what the best plan costs.
    ///   - pace: how to begin.
    mutating func improve(
        towards upper: Int, rounds: Int, _ pace: Pace = .fromNothing, while goesOn: () -> Bool
    ) {
        var best = ofJob
        bound = -Double.infinity
        var step = pace.firstStep
        var failures = 0
        var cover = coverOfShares()
        for round in 0..<rounds where goesOn() {
            let weight = round == 0 && pace.forgetsShares ? 1 : pace.freshness
            let choice = relaxedChoice(weight: weight)
            for job in cover.indices { cover[job] += weight * (choice.cover[job] - cover[job]) }
            if choice.cost > bound {
                (bound, best, failures) = (choice.cost, ofJob, 0)
                step = min(2, step * 1.05)
            } else {
                failures += 1
                if failures > Self.patience {
                    (ofJob, failures, step) = (best, 0, step * 0.6)
                    if step < Self.leastStep { break }
                }
            }
            var norm = 0.0
            for job in isOpen.indices where isOpen[job] { norm += (1 - cover[job]) * (1 - cover[job]) }
            if norm < 1e-9 { break }
            // Where the bound is near its goal already it is worth a look beyond.
            let way = step * max(0.0005 * Double(upper), Double(upper) - choice.cost) / norm
            for job in isOpen.indices where isOpen[job] {
                ofJob[job] = min(Double(prizes[job]), ofJob[job] + way * (1 - cover[job]))
            }
        }
        ofJob = best
    }

    /// How often each job is in the routes of the relaxed choice, on average.
    private func coverOfShares() -> [Double] {
        var cover = Array(repeating: 0.0, count: isOpen.count)
        for route in live where shares[route] > 0 {
            for place in firsts[route]..<firsts[route + 1] { cover[Int(members[place])] += shares[route] }
        }
        return cover
    }

    /// The live routes that cost less than the prices of their jobs, whatever they have in common.
    private mutating func relaxedChoice(weight: Double) -> (cost: Double, cover: [Double]) {
        var cost = Double(fixedCost)
        var cover = Array(repeating: 0.0, count: isOpen.count)
        // The best route of each kind that can have but one.
        var only = Array(repeating: (route: -1, cost: 0.0), count: vehiclesLeft.count)
        for job in isOpen.indices where isOpen[job] { cost += ofJob[job] }
        for route in live {
            let reduced = reducedCost(route)
            shares[route] *= 1 - weight
            guard reduced < 0 else { continue }
            let kind = kinds[route]
            if vehiclesLeft[kind] == 1 {
                if reduced < only[kind].cost { only[kind] = (route, reduced) }
            } else {
                choose(route, reduced, weight, &cost, &cover)
            }
        }
        for best in only where best.route >= 0 { choose(best.route, best.cost, weight, &cost, &cover) }
        // At its prize a job is as well left out.
        for job in isOpen.indices where ofJob[job] >= Double(prizes[job]) { cover[job] = max(1, cover[job]) }
        return (cost, cover)
    }

    private mutating func choose(
        _ route: Int, _ reduced: Double, _ weight: Double, _ cost: inout Double, _ cover: inout [Double]
    ) {
        cost += reduced
        shares[route] += weight
        for place in firsts[route]..<firsts[route + 1] { cover[Int(members[place])] += 1 }
    }

    /// Forgets routes that cost too much for each of their jobs: not among the cheapest of any, above its price.
    mutating func keepCheapest(_ most: Int) {
        var seen = Array(repeating: 0, count: isOpen.count)
        let reduced = live.map { (cost: reducedCost($0), route: $0) }.sorted { $0 < $1 }
        live = reduced.map(\.route).filter { route in
            let isCheap = pool.routes[route].jobs.contains { seen[Int($0)] < most }
            for job in pool.routes[route].jobs { seen[Int(job)] += 1 }
            return isCheap
        }
    }

    mutating func forget(_ route: Int) { live.removeAll { $0 == route } }

    /// Lets a route be chosen as well. False when it could be before, at no higher cost.
    mutating func add(_ jobs: [Int32], kind: Int, cost: Int, planCost: Int) -> Bool {
        switch pool.add(jobs, kind: kind, cost: cost, planCost: planCost) {
        case .known: return false
        case .cheaper(let route):
            members.replaceSubrange(firsts[route]..<firsts[route + 1], with: jobs)
            costs[route] = Double(cost)
        case .new:
            live.append(costs.count)
            members += jobs
            firsts.append(members.count)
            costs.append(Double(cost))
            kinds.append(kind)
            shares.append(0)
        }
        return true
    }

    /// Forgets all but so many routes, those that cost the least below their prices and those that have a share.
    mutating func thin(to most: Int) {
        guard live.count > most else { return }
        let sorted = live.map { (cost: reducedCost($0), route: $0) }.sorted { $0 < $1 }.map(\.route)
        let kept = sorted.prefix(most) + sorted.dropFirst(most).filter { shares[$0] > Self.smallestShare }
        pool.keep(kept)
        shares = kept.map { shares[$0] }
        readRoutes()
    }

    private mutating func readRoutes() {
        members = pool.routes.flatMap(\.jobs)
        firsts = pool.routes.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.jobs.count) }
        costs = pool.routes.map { Double($0.cost) }
        kinds = pool.routes.map(\.kind)
        live = Array(pool.routes.indices)
    }

    /// Chooses a route: what has a job in common with it, or no vehicle any more, is no choice then.
    mutating func fix(_ route: Int) {
        let chosen = pool.routes[route]
        fixedCost += chosen.cost
        vehiclesLeft[chosen.kind] -= 1
        for job in chosen.jobs {
            isOpen[Int(job)] = false
            ofJob[Int(job)] = 0
        }
        live.removeAll { [isOpen, vehiclesLeft, pool] other in
            vehiclesLeft[pool.routes[other].kind] == 0 || pool.routes[other].jobs.contains { !isOpen[Int($0)] }
        }
    }
}

extension RoutingProblem {
    /// Travel of a route, and fees.
    func cost(of jobs: [Int], _ vehicle: Int) -> Int {
        guard !jobs.isEmpty else { return 0 }
        var (here, cost) = (vehicles[vehicle].start, 0)
        for job in jobs {
            cost += Int(travel[here, self.jobs[job].location])
            cost += fee(of: job, vehicle)
            here = self.jobs[job].location
        }
        return cost + Int(travel[here, vehicles[vehicle].end])
    }
}
