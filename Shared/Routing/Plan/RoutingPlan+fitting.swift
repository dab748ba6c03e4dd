extension RoutingPlan {
    /// What of a plan still holds for a problem that has changed since: jobs that come too late, or that their vehicle may
    /// not have, are in no route; so are those that the plan does not know. Vehicles that have something to fetch by now
    /// call at their depots, as late as that loses least. What has helpers stays at its time, with all of them, or is in no route.
    public func fitting(_ problem: RoutingProblem) -> RoutingPlan {
        var isServed = Array(repeating: false, count: problem.jobs.count)
        let kept = problem.vehicles.indices.map { vehicle in
            let known = routes.indices.contains(vehicle) ? routes[vehicle] : []
            var seen: Set<Int> = []
            let open = known.filter { problem.jobs.indices.contains($0) && !isServed[$0] && seen.insert($0).inserted }
            let route = problem.fitting(open, vehicle, starts)
            for job in route { isServed[job] = true }
            return route
        }
        let plan = RoutingPlan(routes: kept, unserved: problem.asked.filter { !isServed[$0] }, starts: starts)
        let whole = plan.withWholeCrews(problem)
        // Nobody calls at his depot for what went with a helper.
        return whole == plan ? plan : whole.fitting(problem)
    }
}

extension RoutingProblem {
    /// What a vehicle can keep of a route.
    fileprivate func fitting(_ route: [Int], _ vehicle: Int, _ starts: [Int: Int32]) -> [Int] {
        func kept(_ route: some Sequence<Int>) -> [Int] {
            var walk = VehicleWalk(self, vehicle, starts)
            return route.filter { job in
                guard let next = walk.after(job) else { return false }
                walk = next
                return true
            }
        }
        let asked = route.filter { !isDepotCall($0) }
        var best = kept(asked)
        guard let call = depotCall(of: vehicle), let first = asked.firstIndex(where: { fetches(vehicle, $0) }) else {
            return best
        }
        // Where the plan has it, if that is before it is needed; else as late as can be.
        let known = route.firstIndex(of: call).flatMap { $0 <= first ? $0 : nil }
        for place in (known.map { [$0] } ?? []) + (0...first).reversed() {
            let tried = kept(asked.prefix(place) + [call] + asked.dropFirst(place))
            // Nobody calls for nothing.
            guard tried.contains(where: { fetches(vehicle, $0) }) else { continue }
            if served(tried) > served(best) { best = tried }
            if served(best) == asked.count { break }
        }
        return best
    }

    private func served(_ route: [Int]) -> Int { route.count { !isDepotCall($0) } }
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
