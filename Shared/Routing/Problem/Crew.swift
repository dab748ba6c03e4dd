extension RoutingProblem {
    /// Whom a job takes besides the vehicle that has it: another vehicle, there from its beginning to its end.
    public struct Helper: Sendable, Hashable {
        /// All of these are needed of it.
        public var skills: Set<Int>
        /// What it takes of its capacity.
        public var demand: Int32
        /// The one vehicle that may be it: somebody has decided so.
        public var only: Int?
        /// The vehicle that it is in the plan that people know of, and what it costs that it is another.
        public var plannedFor: Int?
        public var moving: Int32
        /// What it costs more that it is one of these vehicles, in units of travel.
        public var surcharges: [Int: Int32]

        public init(
            skills: Set<Int> = [], demand: Int32 = 0, only: Int? = nil, plannedFor: Int? = nil, moving: Int32 = 0,
            surcharges: [Int: Int32] = [:]
        ) {
            self.skills = skills
            self.demand = demand
            self.only = only
            self.plannedFor = plannedFor
            self.moving = moving
            self.surcharges = surcharges
        }
    }
}

/// A job with helpers is a stop of several routes, and begins on all of them at the same time, which a plan says. Each helper
/// is a job of its own, after those that were asked for: it comes and goes with the job that it is for.
extension RoutingProblem {
    /// The helpers of a job, as jobs; none for most.
    public func helpers(of job: Int) -> Range<Int> { helperJobs[job] ?? 0..<0 }

    /// The job that a helper is for; nil for a job that is no helper.
    public func isHelped(by job: Int) -> Int? { helped[job] }

    /// A job and its helpers.
    func crew(of job: Int) -> [Int] { [job] + helpers(of: job) }

    /// Whether any job has helpers.
    var hasHelpers: Bool { !helped.isEmpty }

    /// The jobs that are somewhere at some time of their own, near others: helpers included, calls at depots not.
    var visited: Range<Int> { 0..<asked.count + helped.count }

    static func helperJobs(of asked: [Job]) -> (jobs: [Job], of: [Int: Range<Int>]) {
        var jobs: [Job] = []
        var numbers: [Int: Range<Int>] = [:]
        for (number, job) in asked.enumerated() where !job.helpers.isEmpty {
            let first = asked.count + jobs.count
            numbers[number] = first..<first + job.helpers.count
            jobs += job.helpers.map { helper in
                Job(
                    location: job.location, service: job.service, windows: job.windows, demand: helper.demand, prize: 0,
                    skills: helper.skills, only: helper.only, plannedFor: helper.plannedFor, moving: helper.moving,
                    surcharges: helper.surcharges)
            }
        }
        return (jobs, numbers)
    }
}

extension RoutingPlan {
    /// Without the jobs that lack one of their helpers, or a time for all.
    func withWholeCrews(_ problem: RoutingProblem) -> RoutingPlan {
        var plan = self
        plan.starts = starts.filter { !problem.helpers(of: $0.key).isEmpty }
        guard problem.hasHelpers else { return plan }
        let served = Set(routes.joined())
        let lacking = problem.asked.filter { job in
            let crew = problem.crew(of: job)
            return crew.count > 1 && !(starts[job] != nil && served.isSuperset(of: crew))
        }
        let gone = Set(lacking.flatMap { problem.crew(of: $0) })
        plan.routes = routes.map { $0.filter { !gone.contains($0) } }
        plan.unserved = Set(unserved).union(lacking).sorted()
        for job in lacking { plan.starts[job] = nil }
        return plan
    }
}
