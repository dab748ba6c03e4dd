extension RoutingPlan {
    /// What of a plan still holds for a problem that has changed since: jobs that come too late, or that their vehicle may
    /// not have, are in no route; so are those that the plan does not know.
    public func fitting(_ problem: RoutingProblem) -> RoutingPlan {
        var isServed = Array(repeating: false, count: problem.jobs.count)
        let kept = problem.vehicles.indices.map { vehicle in
            let known = routes.indices.contains(vehicle) ? routes[vehicle] : []
            var walk = VehicleWalk(problem, vehicle)
            return known.filter { job in
                guard problem.jobs.indices.contains(job), !isServed[job], let next = walk.after(job) else {
                    return false
                }
                isServed[job] = true
                walk = next
                return true
            }
        }
        return RoutingPlan(routes: kept, unserved: problem.jobs.indices.filter { !isServed[$0] })
    }
}

extension VehicleWalk {
    /// The way on over a job; nil when it may not or cannot be done, or would not be home in time.
    fileprivate func after(_ job: Int) -> VehicleWalk? {
        var next = self
        guard (try? next.go(to: job)) != nil else { return nil }
        var home = next
        return (try? home.goHome()) != nil ? next : nil
    }
}
