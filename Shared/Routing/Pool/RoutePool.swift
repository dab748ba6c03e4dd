/// Routes of plans that a search has been at, and others. Of those with the same jobs and the same kind of vehicle the cheapest.
struct RoutePool {
    struct Route {
        var jobs: [Int32]
        /// Of vehicle.
        var kind: Int
        /// Travel, fees and load.
        var cost: Int
        /// What the best plan cost that it was in, or that was the best when it was generated.
        var planCost: Int
    }

    private(set) var routes: [Route] = []
    let kinds: VehicleKinds
    private var places: [UInt64: Int] = [:]
    /// A lot for each job; the jobs of a route are known by theirs together.
    private let lots: [UInt64]
    private let kindLots: [UInt64]

    /// More than these are not kept: half of them, those of the worst plans, then go.
    private static let most = 20_000

    init(_ problem: RoutingProblem, seed: UInt64) {
        // Somebody wants these vehicles themselves, not ones like them.
        kinds = VehicleKinds(problem.vehicles, apart: problem.namedVehicles)
        var random = SearchRandom(seed: seed)
        lots = problem.jobs.map { _ in random.next() }
        kindLots = kinds.members.map { _ in random.next() }
    }

    /// Keeps the routes of the plan on the board.
    mutating func add(_ board: RouteBoard, planCost: Int) {
        for vehicle in 0..<board.vehicleCount where board.routes[vehicle].count > 0 {
            let kind = kinds.kindOf[vehicle]
            var key = kindLots[kind]
            var cost = Int(board.stops[board.start(of: vehicle)].leg) + board.loadCost(of: vehicle)
            var stop = Int(board.stops[board.start(of: vehicle)].next)
            while stop < board.jobCount {
                key ^= lots[stop]
                cost += Int(board.stops[stop].leg) + Int(board.fee(board.jobs[stop], stop, vehicle))
                stop = Int(board.stops[stop].next)
            }
            _ = add(key, kind: kind, cost: cost, planCost: planCost) { board.jobs(of: vehicle).map(Int32.init) }
        }
        if routes.count > Self.most { keepOfBestPlans(Self.most / 2) }
    }

    /// What has become of a route that was added.
    enum Addition {
        case new
        /// This one has the same jobs, and cost more.
        case cheaper(Int)
        case known
    }

    /// - Parameter cost: of travel, fees and load.
    mutating func add(_ jobs: [Int32], kind: Int, cost: Int, planCost: Int) -> Addition {
        add(key(jobs, kind), kind: kind, cost: cost, planCost: planCost) { jobs }
    }

    private mutating func add(
        _ key: UInt64, kind: Int, cost: Int, planCost: Int, _ jobs: () -> [Int32]
    ) -> Addition {
        guard let place = places[key] else {
            places[key] = routes.count
            routes.append(Route(jobs: jobs(), kind: kind, cost: cost, planCost: planCost))
            return .new
        }
        routes[place].planCost = min(planCost, routes[place].planCost)
        guard cost < routes[place].cost else { return .known }
        routes[place].cost = cost
        routes[place].jobs = jobs()
        return .cheaper(place)
    }

    /// Keeps so many routes at most, those of the best plans.
    mutating func keepOfBestPlans(_ most: Int) {
        routes.sort { $0.planCost < $1.planCost }
        keep(routes.indices.prefix(most))
    }

    /// Keeps some routes only, in that order.
    mutating func keep(_ chosen: some Sequence<Int>) {
        routes = chosen.map { routes[$0] }
        places.removeAll(keepingCapacity: true)
        for (place, route) in routes.enumerated() { places[key(route.jobs, route.kind)] = place }
    }

    private func key(_ jobs: [Int32], _ kind: Int) -> UInt64 {
        jobs.reduce(kindLots[kind]) { $0 ^ lots[Int($1)] }
    }
}
