extension RoutingPlan {
    /// What of a plan still holds for a problem that has changed since: jobs that come too late, or that their vehicle may
    /// not have, are in no route; so are those that the plan does not know.
    public func fitting(_ problem: RoutingProblem) -> RoutingPlan {
        var isServed = Array(repeating: false, count: problem.jobs.count)
        let kept = problem.vehicles.indices.map { vehicle in
            let known = routes.indices.contains(vehicle) ? routes[vehicle] : []
            var walk = Walk(problem, vehicle)
            return known.filter { job in
                guard problem.jobs.indices.contains(job), !isServed[job], walk.goes(to: job) else { return false }
                isServed[job] = true
                return true
            }
        }
        return RoutingPlan(routes: kept, unserved: problem.jobs.indices.filter { !isServed[$0] })
    }
}

/// A vehicle on its way.
private struct Walk {
    private let problem: RoutingProblem
    private let number: Int
    private var here: Int
    private var now: Int
    private var load = 0

    init(_ problem: RoutingProblem, _ vehicle: Int) {
        self.problem = problem
        number = vehicle
        here = problem.vehicles[vehicle].start
        now = Int(problem.vehicles[vehicle].shift.lowerBound)
    }

    /// Goes to a job and does it, if it may and would be home in time.
    mutating func goes(to index: Int) -> Bool {
        let (job, vehicle) = (problem.jobs[index], problem.vehicles[number])
        let arrival = now + Int(problem.travel[here, job.location])
        guard problem.allows(number, index), load + Int(job.demand) <= Int(vehicle.capacity),
            let window = job.windows.first(where: { arrival <= $0.upperBound })
        else { return false }
        let end = max(arrival, Int(window.lowerBound)) + Int(job.service)
        let home = end + Int(problem.travel[job.location, vehicle.end])
        guard home <= Int(vehicle.shift.upperBound) else { return false }
        (here, now, load) = (job.location, end, load + Int(job.demand))
        return true
    }
}
