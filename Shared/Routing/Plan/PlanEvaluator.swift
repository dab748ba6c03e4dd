/// Checks a plan from first principles, one step after another, sharing nothing with the search: what is published has
/// passed here.
public struct PlanEvaluator: Sendable {
    let problem: RoutingProblem

    public init(_ problem: RoutingProblem) { self.problem = problem }

    /// What a correct plan comes to.
    public struct Value: Sendable, Equatable {
        public var travel: Int
        public var vehicles: Int
        /// Prizes of the jobs that are left out.
        public var leftOut: Int
        /// Jobs that another vehicle has than the one they are planned for.
        public var moved: Int
        /// What that costs.
        public var moving = 0
        /// What it costs that vehicles have jobs for which they cost more.
        public var surcharge = 0
        /// What it costs that jobs are done later than they could be, or should.
        public var delay = 0
        /// What it costs that vehicles are back after regular hours.
        public var overtime = 0
        /// What it costs that vehicles have as much to do as they have.
        public var load = 0

        /// In units of travel.
        public var cost: Int { travel + leftOut + moving + surcharge + delay + overtime + load }
    }

    /// - Throws: `BrokenPlan` naming the first thing that is wrong.
    public func evaluate(_ plan: RoutingPlan) throws(BrokenPlan) -> Value {
        guard plan.routes.count == problem.vehicles.count else {
            throw BrokenPlan("\(plan.routes.count) routes for \(problem.vehicles.count) vehicles")
        }
        var seen: Set<Int> = []
        for job in plan.routes.joined() + plan.unserved {
            guard problem.jobs.indices.contains(job) else { throw BrokenPlan("there is no job \(job)") }
            guard seen.insert(job).inserted else { throw BrokenPlan("job \(job) stands twice") }
        }
        let nowhere = problem.asked.count - seen.count(where: problem.asked.contains)
        guard nowhere == 0 else { throw BrokenPlan("\(nowhere) jobs stand nowhere") }
        try checkCrews(of: plan)
        var (travel, delay, overtime, load) = (0, 0, 0, 0)
        for (vehicle, jobs) in plan.routes.enumerated() where !jobs.isEmpty {
            var walk = VehicleWalk(problem, vehicle, plan.starts)
            for job in jobs { try walk.go(to: job) }
            overtime += try walk.goHome()
            (travel, delay, load) = (travel + walk.travel, delay + walk.delay, load + walk.loadCost)
        }
        return Value(
            travel: travel, vehicles: plan.vehiclesInUse,
            leftOut: plan.unserved.reduce(0) { $0 + problem.jobs[$1].prize },
            moved: plan.routes.enumerated().reduce(0) { $0 + moved($1.element, $1.offset).count },
            moving: plan.routes.enumerated().reduce(0) { sum, route in
                moved(route.element, route.offset).reduce(sum) { $0 + Int(problem.jobs[$1].moving) }
            },
            surcharge: plan.routes.enumerated().reduce(0) { $0 + surcharge($1.element, $1.offset) }, delay: delay,
            overtime: overtime, load: load)
    }

    /// Whether with each job that several do together all are there. That they are there at the same time each route shows.
    private func checkCrews(of plan: RoutingPlan) throws(BrokenPlan) {
        let served = Set(plan.routes.joined())
        for job in problem.asked {
            let crew = problem.crew(of: job)
            let present = crew.count(where: served.contains)
            guard present == 0 || present == crew.count else {
                throw BrokenPlan("job \(job) takes \(crew.count) vehicles, and \(present) are there")
            }
        }
    }

    private func moved(_ jobs: [Int], _ vehicle: Int) -> [Int] {
        jobs.filter { problem.jobs[$0].isMoved(to: vehicle) }
    }

    private func surcharge(_ jobs: [Int], _ vehicle: Int) -> Int {
        jobs.reduce(0) { $0 + Int(problem.jobs[$1].surcharges[vehicle] ?? 0) }
    }
}

/// What is wrong with a plan.
public struct BrokenPlan: Error, CustomStringConvertible, Equatable {
    public let description: String

    init(_ description: String) { self.description = description }
}
