import FoundationEssentials
import Routing

/// A branch's day as a routing problem, and the plan in force as its routes.
struct BranchRouting {
    let day: BranchDay
    /// What the problem's vehicles are.
    let shifts: [DutyShift]
    /// Of each of the problem's jobs, the visit's index in the day: those of helpers last.
    let visits: [Int]
    let problem: RoutingProblem
    let planInForce: RoutingPlan
    /// The second since 1970 that the problem's times count from.
    let origin: Int

    /// Nil where nothing may be moved.
    ///
    /// - Throws: `RoutingProblemError` for a day that is no problem, which is a fault of the program.
    init?(_ day: BranchDay, _ shifts: [DutyShift], _ rules: inout CompiledRules) throws {
        let planned = shifts.flatMap(\.visits)
        let day = day.leavingPartCrews(of: planned)
        self.day = day
        self.shifts = shifts
        let helpers = day.helpers(among: planned)
        let helping = Set(helpers.values.joined())
        let asked = planned.filter { !helping.contains($0) }
        visits = asked + asked.flatMap { helpers[$0] ?? [] }
        guard visits.contains(where: { [visits = day.visits] in day.isFree(visits[$0]) }) else { return nil }
        let origin = shifts.reduce(day.now) { min($0, $1.span.start) }
        self.origin = origin
        var table = JobTable(day, shifts, helpers, origin: origin)
        let jobs = table.jobs(&rules)
        problem = try RoutingProblem(
            jobs: jobs, vehicles: table.vehicles(), travel: Self.travel(day, shifts, visits, table.depots))
        let jobOf = Dictionary(uniqueKeysWithValues: visits.enumerated().map { ($1, $0) })
        planInForce = RoutingPlan(
            routes: shifts.map { $0.visits.compactMap { jobOf[$0] } }, unserved: [],
            starts: Dictionary(
                uniqueKeysWithValues: helpers.keys.compactMap { lead in
                    jobOf[lead].map { ($0, Int32(clamping: day.visits[lead].span.start - origin)) }
                }))
    }

    /// The visits that some jobs are, with those of who help.
    func visits(of jobs: [Int]) -> Set<Int> {
        Set(jobs.flatMap { [$0] + problem.helpers(of: $0) }.map { visits[$0] })
    }

    /// By helper's job, the visit that it is in a plan: who helped before keeps his place, whichever the search gave him.
    func helperPlaces(in plan: RoutingPlan) -> [Int: Int] {
        let engineers = zip(shifts, plan.routes).reduce(into: [Int: UUID]()) { engineers, route in
            for job in route.1 where problem.isHelped(by: job) != nil { engineers[job] = route.0.engineerId }
        }
        return plan.starts.keys.reduce(into: [:]) { places, lead in
            var (free, others) = (Array(problem.helpers(of: lead)), [Int]())
            for job in problem.helpers(of: lead) {
                if let own = free.firstIndex(where: { day.visits[visits[$0]].engineerId == engineers[job] }) {
                    places[job] = visits[free.remove(at: own)]
                } else {
                    others.append(job)
                }
            }
            for (job, place) in zip(others, free) { places[job] = visits[place] }
        }
    }

    /// When those visits begin in a plan that several make together, by index.
    func settled(in plan: RoutingPlan) -> [Int: Int] {
        plan.starts.reduce(into: [:]) { settled, job in
            for member in [job.key] + problem.helpers(of: job.key) { settled[visits[member]] = Int(job.value) + origin }
        }
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
