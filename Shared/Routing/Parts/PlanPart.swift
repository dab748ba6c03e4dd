/// Some neighbouring routes of a plan, as a problem of their own.
struct PlanPart {
    let problem: RoutingProblem
    /// What the whole plan has of it.
    let plan: RoutingPlan
    /// Their indexes in the whole problem.
    let jobs: [Int]
    let vehicles: [Int]

    /// Jobs at most, unless one route alone has more: about as many as a search is done with in a second.
    static let mostJobs = 120

    /// The routes around a job, the nearest by the road and by the clock first, and beside them a vehicle that has no job
    /// yet, where there is one.
    init(_ whole: RoutingProblem, _ plan: RoutingPlan, around job: Int, most: Int = mostJobs) {
        var routeOf = Array(repeating: -1, count: whole.jobs.count)
        for (vehicle, route) in plan.routes.enumerated() { for job in route { routeOf[job] = vehicle } }
        var chosen: [Int] = []
        var count = 0
        for near in Self.nearest(to: job, in: whole) {
            let vehicle = routeOf[near]
            if vehicle < 0 || chosen.contains(vehicle) { continue }
            count += plan.routes[vehicle].count
            if count > most, !chosen.isEmpty { break }
            chosen.append(vehicle)
        }
        if let idle = plan.routes.firstIndex(where: \.isEmpty) { chosen.append(idle) }
        vehicles = chosen
        jobs = chosen.flatMap { plan.routes[$0] }
        problem = whole.with(chosen, jobs: jobs)
        var begin = 0
        let routes = chosen.map { vehicle in
            defer { begin += plan.routes[vehicle].count }
            return Array(begin..<begin + plan.routes[vehicle].count)
        }
        self.plan = RoutingPlan(routes: routes, unserved: [])
    }

    private static func nearest(to job: Int, in whole: RoutingProblem) -> [Int] {
        func span(_ job: RoutingProblem.Job) -> (ready: Int32, due: Int32) {
            (job.windows[0].lowerBound, job.windows[job.windows.count - 1].upperBound)
        }
        let (here, mine) = (whole.jobs[job].location, span(whole.jobs[job]))
        let distances = whole.jobs.map { NearJobs.separation(whole.travel[here, $0.location], mine, span($0)) }
        return distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }
    }

    /// The whole plan with another plan of this part.
    func whole(_ whole: RoutingPlan, with part: RoutingPlan) -> RoutingPlan {
        var routes = whole.routes
        for (vehicle, route) in zip(vehicles, part.routes) { routes[vehicle] = route.map { jobs[$0] } }
        return RoutingPlan(routes: routes, unserved: (whole.unserved + part.unserved.map { jobs[$0] }).sorted())
    }
}
