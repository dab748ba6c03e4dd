/// Where a vehicle fetches what some of its jobs take and it has not on board: parts, tools.
public struct Depot: Sendable, Hashable {
    /// Row of the travel matrix.
    public var location: Int
    /// How long it stays there.
    public var service: Int32

    public init(location: Int, service: Int32 = 0) {
        self.location = location
        self.service = service
    }
}

/// A vehicle calls at its depot at most once on its route, at any time before the first job that it has to fetch something
/// for. The call is a stop like others: `jobs` has one for each vehicle that could have something to fetch, after all others,
/// and plans have it in their routes.
extension RoutingProblem {
    public func isDepotCall(_ job: Int) -> Bool { job >= visited.upperBound }

    /// The job that is a vehicle's call at its depot; nil where it has none, or never anything to fetch there.
    public func depotCall(of vehicle: Int) -> Int? { depotCalls[vehicle] }

    /// Whether a vehicle has to call at its depot before a job. One without a depot has all it needs.
    public func fetches(_ vehicle: Int, _ job: Int) -> Bool {
        depotCalls[vehicle] != nil && jobs[job].fetchedBy.contains(vehicle)
    }

    /// Whether anything is fetched at all.
    var hasDepots: Bool { jobs.count > visited.count }

    /// - Parameter count: of the jobs before the calls.
    static func depotCalls(
        of vehicles: [Vehicle], for asked: [Job], after count: Int
    ) -> (jobs: [Job], of: [Int?]) {
        let fetching = asked.reduce(into: Set<Int>()) { $0.formUnion($1.fetchedBy) }
        var calls: [Job] = []
        let numbers = vehicles.enumerated().map { number, vehicle -> Int? in
            guard let depot = vehicle.depot, fetching.contains(number) else { return nil }
            calls.append(
                Job(location: depot.location, service: depot.service, windows: [vehicle.shift], prize: 0, only: number))
            return count + calls.count - 1
        }
        return (calls, numbers)
    }
}
