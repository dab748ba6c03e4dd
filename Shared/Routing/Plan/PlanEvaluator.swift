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
        /// What it costs that vehicles have jobs for which they cost more.
        public var surcharge = 0
        /// What it costs that jobs are done later than they could be, or should.
        public var delay = 0
        /// What it costs that vehicles are back after regular hours.
        public var overtime = 0
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
        guard seen.count == problem.jobs.count else {
            throw BrokenPlan("\(problem.jobs.count - seen.count) jobs stand nowhere")
        }
        var (travel, delay, overtime) = (0, 0, 0)
        for (vehicle, jobs) in plan.routes.enumerated() where !jobs.isEmpty {
            let route = try drive(jobs, vehicle)
            travel += route.travel
            delay += route.delay
            overtime += Self.cost(problem.vehicles[vehicle].overtime, at: route.home)
        }
        return Value(
            travel: travel, vehicles: plan.vehiclesInUse,
            leftOut: plan.unserved.reduce(0) { $0 + problem.jobs[$1].prize },
            moved: plan.routes.enumerated().reduce(0) { $0 + moved($1.element, $1.offset) },
            surcharge: plan.routes.enumerated().reduce(0) { $0 + surcharge($1.element, $1.offset) }, delay: delay,
            overtime: overtime)
    }

    private func moved(_ jobs: [Int], _ vehicle: Int) -> Int {
        jobs.count { problem.jobs[$0].plannedFor.map { $0 != vehicle } ?? false }
    }

    private func surcharge(_ jobs: [Int], _ vehicle: Int) -> Int {
        jobs.reduce(0) { $0 + Int(problem.jobs[$1].surcharges[vehicle] ?? 0) }
    }

    private static func cost(_ price: TimePrice?, at time: Int) -> Int {
        price.map { max(0, time - Int($0.from)) * Int($0.price) / 1_000 } ?? 0
    }

    private func drive(_ jobs: [Int], _ index: Int) throws(BrokenPlan) -> (travel: Int, delay: Int, home: Int) {
        let vehicle = problem.vehicles[index]
        var now = Int(vehicle.shift.lowerBound)
        var here = vehicle.start
        var (travel, delay) = (0, 0)
        var load = 0
        for number in jobs {
            let job = problem.jobs[number]
            guard job.skills.isSubset(of: vehicle.skills) else {
                throw BrokenPlan("vehicle \(index) lacks a skill for job \(number)")
            }
            guard job.only.map({ $0 == index }) ?? true else {
                throw BrokenPlan("vehicle \(index) has job \(number), which is another's")
            }
            let leg = Int(problem.travel[here, job.location])
            travel += leg
            now += leg
            guard let window = job.windows.first(where: { now <= $0.upperBound }) else {
                throw BrokenPlan("vehicle \(index) is at job \(number) at \(now), after its last window")
            }
            now = max(now, Int(window.lowerBound))
            delay += (now - Int(job.windows[0].lowerBound)) * Int(job.delay) / 1_000 + Self.cost(job.lateness, at: now)
            now += Int(job.service)
            load += Int(job.demand)
            here = job.location
        }
        let home = Int(problem.travel[here, vehicle.end])
        guard now + home <= vehicle.shift.upperBound else {
            throw BrokenPlan("vehicle \(index) is back at \(now + home), after its shift")
        }
        guard load <= vehicle.capacity else {
            throw BrokenPlan("vehicle \(index) carries \(load) of \(vehicle.capacity)")
        }
        return (travel + home, delay, now + home)
    }
}

/// What is wrong with a plan.
public struct BrokenPlan: Error, CustomStringConvertible, Equatable {
    public let description: String

    init(_ description: String) { self.description = description }
}
