/// A technician's day planned, in the words of its file.
public struct TechnicianPlan: Codable, Sendable {
    public struct Route: Codable, Sendable {
        /// The engineer's place in the list.
        public var vehicle: Int
        /// Ids of jobs, in order.
        public var stops: [JobID]
        /// How many of the stops come before his call at his depot; nil where he makes none.
        public var depotAfter: Int?
        /// Places of the stops at which he helps, and which of the job's helpers he is; nil for none.
        public var helping: [Helping]?
    }

    public struct Helping: Codable, Sendable {
        public var stop: Int
        public var helper: Int
    }

    /// When a job begins that several do together.
    public struct Start: Codable, Sendable {
        public var job: JobID
        /// Of the day.
        public var seconds: Int32
    }

    public var routes: [Route]
    /// Nil for none.
    public var together: [Start]?
}

extension TechnicianPlan {
    public init(_ plan: RoutingPlan, of problem: RoutingProblem, name: (Int) -> JobID) {
        routes = plan.routes.enumerated().filter { !$1.isEmpty }
            .map { Route($1, of: $0, problem, name: name) }
        together =
            plan.starts.isEmpty
            ? nil : plan.starts.sorted { $0.key < $1.key }.map { Start(job: name($0.key), seconds: $0.value) }
    }
}

extension TechnicianPlan.Route {
    fileprivate init(_ route: [Int], of vehicle: Int, _ problem: RoutingProblem, name: (Int) -> JobID) {
        self.vehicle = vehicle
        let visits = route.filter { !problem.isDepotCall($0) }
        stops = visits.map { name(problem.isHelped(by: $0) ?? $0) }
        depotAfter = route.firstIndex(where: problem.isDepotCall)
        let helping = visits.enumerated().compactMap { place, job in
            problem.isHelped(by: job).map {
                TechnicianPlan.Helping(stop: place, helper: job - problem.helpers(of: $0).lowerBound)
            }
        }
        self.helping = helping.isEmpty ? nil : helping
    }
}

extension TechnicianDay {
    /// A plan by the numbers of a problem that was made of this day; what the day does not have is left away.
    public func plan(_ plan: TechnicianPlan, for problem: RoutingProblem) -> RoutingPlan {
        let numbers = Dictionary(jobs.enumerated().map { ($1.id, $0) }) { first, _ in first }
        let starts = (plan.together ?? []).compactMap { start in numbers[start.job].map { ($0, start.seconds) } }
        var known = RoutingPlan(
            routes: Array(repeating: [], count: engineers.count), unserved: [],
            starts: Dictionary(starts) { first, _ in first })
        for route in plan.routes where known.routes.indices.contains(route.vehicle) {
            let helping = Dictionary((route.helping ?? []).map { ($0.stop, $0.helper) }) { first, _ in first }
            known.routes[route.vehicle] += route.stops.enumerated().compactMap { place, id in
                guard let job = numbers[id], let helper = helping[place] else { return numbers[id] }
                let helpers = problem.helpers(of: job)
                return (0..<helpers.count).contains(helper) ? helpers.lowerBound + helper : nil
            }
        }
        return known
    }
}
