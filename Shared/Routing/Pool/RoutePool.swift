/// Routes of plans that a search has been at. Of those with the same jobs and the same kind of vehicle the cheapest.
struct RoutePool {
    struct Route {
        var jobs: [Int32]
        /// Of vehicle.
        var kind: Int
        /// Travel, fees and load.
        var cost: Int
        /// What the best plan cost that it was in.
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
            guard let place = places[key] else {
                places[key] = routes.count
                let jobs = board.jobs(of: vehicle).map(Int32.init)
                routes.append(Route(jobs: jobs, kind: kind, cost: cost, planCost: planCost))
                continue
            }
            routes[place].planCost = min(planCost, routes[place].planCost)
            if cost < routes[place].cost {
                routes[place].cost = cost
                routes[place].jobs = board.jobs(of: vehicle).map(Int32.init)
            }
        }
        if routes.count > Self.most { keepHalf() }
    }

    private mutating func keepHalf() {
        routes.sort { $0.planCost < $1.planCost }
        routes.removeLast(routes.count / 2)
        places.removeAll(keepingCapacity: true)
        for (place, route) in routes.enumerated() {
            places[route.jobs.reduce(kindLots[route.kind]) { $0 ^ lots[Int($1)] }] = place
        }
    }
}
