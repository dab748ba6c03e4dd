import FoundationEssentials
import Routing

/// A branch's day as a routing problem, and the plan in force as its routes.
struct BranchRouting {
    let day: BranchDay
    /// What the problem's vehicles are.
    let shifts: [DutyShift]
    /// Of each of the problem's jobs, the visit's index in the day.
    let visits: [Int]
    let problem: RoutingProblem
    let planInForce: RoutingPlan
    /// The second since 1970 that the problem's times count from.
    let origin: Int

    /// Nil where nothing may be moved.
    ///
    /// - Throws: `RoutingProblemError` for a day that is no problem, which is a fault of the program.
    init?(_ day: BranchDay, _ shifts: [DutyShift], _ rules: inout CompiledRules) throws {
        self.day = day
        self.shifts = shifts
        visits = shifts.flatMap(\.visits)
        guard visits.contains(where: { [visits = day.visits] in day.isFree(visits[$0]) }) else { return nil }
        let origin = shifts.reduce(day.now) { min($0, $1.span.start) }
        self.origin = origin
        var table = JobTable(day, shifts, origin: origin)
        let jobs = table.jobs(&rules)
        problem = try RoutingProblem(
            jobs: jobs, vehicles: table.vehicles(), travel: Self.travel(day, shifts, visits, table.depots))
        let jobOf = Dictionary(uniqueKeysWithValues: visits.enumerated().map { ($1, $0) })
        planInForce = RoutingPlan(routes: shifts.map { $0.visits.compactMap { jobOf[$0] } }, unserved: [])
    }

    /// Rows: the visits, then where each shift starts, then where each ends, then depots. At the mean speed, since routing
    /// has one time for a way; `RouteTimes` looks at the hours.
    private static func travel(
        _ day: BranchDay, _ shifts: [DutyShift], _ visits: [Int], _ depots: [TravelPoint]
    ) throws -> TravelMatrix {
        let points =
            visits.map { day.visits[$0].site } + shifts.map(\.start) + shifts.map(\.base) + depots
        var seconds: [Int32] = []
        seconds.reserveCapacity(points.count * points.count)
        for from in points { for to in points { seconds.append(day.travel.seconds(from: from, to: to)) } }
        return try TravelMatrix(size: points.count, values: seconds)
    }
}
