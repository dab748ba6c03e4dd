import FoundationEssentials
import Routing

/// Makes a day's visits and shifts the jobs and vehicles of a routing problem.
struct JobTable {
    private let day: BranchDay
    private let shifts: [DutyShift]
    /// By visit, those who help with it.
    private let helpers: [Int: [Int]]
    private let origin: Int
    /// Members who could answer an offer now.
    private let onDuty: Set<Int>
    /// Who may have a visit, as a skill that they have and others lack.
    private var skills: [Set<Int>: Int] = [:]
    /// Shifts that have something to fetch.
    private var fetching: Set<Int> = []
    /// Of each shift, what the rules charge for its load, by each free visit.
    private var balance: [[Double]]

    /// Dearer than anything that a plan could save: no visit is dropped that somebody can make.
    private static let prize = 1_000_000_000

    init(_ day: BranchDay, _ shifts: [DutyShift], _ helpers: [Int: [Int]], origin: Int) {
        self.day = day
        self.shifts = shifts
        self.helpers = helpers
        self.origin = origin
        balance = Array(repeating: [], count: shifts.count)
        onDuty = Set(shifts.filter { $0.isOnDuty(at: day.now) }.map(\.member))
    }

    mutating func jobs(_ rules: inout CompiledRules) -> [RoutingProblem.Job] {
        var jobs: [RoutingProblem.Job] = []
        let helping = Set(self.helpers.values.joined())
        let vehicles = Dictionary(
            uniqueKeysWithValues: shifts.enumerated().flatMap { vehicle, shift in shift.visits.map { ($0, vehicle) } })
        for (vehicle, shift) in shifts.enumerated() {
            for index in shift.visits where !helping.contains(index) {
                guard let arrivals = day.isFree(day.visits[index]) ? day.arrivals(of: day.visits[index]) : nil else {
                    jobs.append(pinned(day.visits[index], vehicle, row: jobs.count))
                    continue
                }
                var job = free(index, arrivals, vehicle, row: jobs.count, &rules)
                let crew = (self.helpers[index] ?? []).compactMap { helper in vehicles[helper].map { (helper, $0) } }
                for (helper, vehicle) in crew {
                    let his = free(helper, arrivals, vehicle, row: jobs.count, &rules)
                    job.helpers.append(
                        RoutingProblem.Helper(
                            skills: his.skills, demand: his.demand, plannedFor: his.plannedFor, moving: his.moving,
                            surcharges: his.surcharges))
                }
                if !crew.isEmpty { job.windows = moments(arrivals, index, crew, &rules) }
                jobs.append(job)
            }
        }
        return jobs
    }

    /// When a visit of several may begin: on the grid, within the shifts of those who are no others and as long as all may do it; and when it
    /// does now.
    private func moments(
        _ arrivals: Arrivals, _ index: Int, _ crew: [(helper: Int, vehicle: Int)], _ rules: inout CompiledRules
    ) -> [ClosedRange<Int32>] {
        let (visit, grid) = (day.visits[index], DayPlanning.gridSeconds)
        let bound = [visit] + crew.map { day.visits[$0.helper] }.filter { $0.freedom?.staysWithHim ?? true }
        let end = crew.reduce(into: Int.max) { end, member in
            guard let freedom = day.visits[member.helper].freedom, !freedom.staysWithHim else { return }
            let terms = VisitTerms(freedom.job, &rules, now: day.now, travel: day.travel)
            end = min(end, terms.end(of: shifts[member.vehicle].member))
        }
        let latest = min(arrivals.latest, day.now + DayPlanning.horizonSeconds)
        var moments = Set(
            stride(from: roundUp(arrivals.earliest, to: grid), through: latest, by: grid).filter { start in
                let span = Span(start: start, end: start + visit.seconds)
                return span.end <= end
                    && bound.allSatisfy { member in
                        shifts.contains { $0.engineerId == member.engineerId && $0.span.contains(span) }
                    }
            })
        let known = visit.span.start
        // Where there is no other, as early as it may.
        moments.insert(arrivals.contains(known) ? known : arrivals.earliest)
        return moments.sorted().map { time($0)...time($0) }
    }

    /// Of shifts that have something to fetch, in their order: the last rows of the matrix. Asked for after the jobs, as the
    /// vehicles are.
    var depots: [TravelPoint] { fetching.sorted().compactMap { shifts[$0].depot } }

    /// Asked for after the jobs, whose skills and prices they have.
    func vehicles() -> [RoutingProblem.Vehicle] {
        let jobs = shifts.reduce(0) { $0 + $1.visits.count }
        let depotRows = Dictionary(
            uniqueKeysWithValues: fetching.sorted().enumerated().map { ($1, jobs + 2 * shifts.count + $0) })
        return shifts.enumerated().map { vehicle, shift in
            let ends = shift.span.end
            // Overtime that somebody works anyway is his to be planned; the plan makes nobody work any.
            let last = shift.visits.map { day.visits[$0].span.end }.filter { $0 <= shift.latestEnd }.max() ?? ends
            return RoutingProblem.Vehicle(
                start: jobs + vehicle, end: jobs + shifts.count + vehicle,
                shift: time(shift.leaves)...max(time(shift.leaves), time(max(ends, last) + DayPlanning.wayHomeSeconds)),
                capacity: Int32(clamping: max(shift.visitsPerDay, shift.visits.count)),
                skills: Set(skills.filter { $0.key.contains(vehicle) }.values),
                overtime: TimePrice(from: time(ends), price: DayPlanning.overtimePrice),
                pause: shift.breaks.first.map {
                    Pause(window: time($0.start)...time($0.start), length: Int32($0.end - $0.start))
                }, load: load(of: vehicle),
                depot: depotRows[vehicle].map { Depot(location: $0, service: Int32(DayPlanning.fetchSeconds)) })
        }
    }

    /// One price for a shift: what the rules charge on average, where it depends on the visit.
    private func load(of vehicle: Int) -> LoadPrice? {
        let prices = balance[vehicle]
        let sum = prices.reduce(0, +)
        return sum > 0 ? LoadPrice(secondsAnHour: sum / Double(prices.count)) : nil
    }

    private mutating func pinned(_ visit: BranchDay.Visit, _ vehicle: Int, row: Int) -> RoutingProblem.Job {
        RoutingProblem.Job(
            location: row, service: Int32(visit.seconds), windows: [time(visit.span.start)...time(visit.span.start)],
            demand: 1, prize: Self.prize, only: vehicle, fetchedBy: fetching(visit, among: [vehicle]))
    }

    private mutating func fetching(_ visit: BranchDay.Visit, among vehicles: [Int]) -> Set<Int> {
        let found = Set(vehicles.filter { day.fetches(shifts[$0], visit) })
        fetching.formUnion(found)
        return found
    }

    private mutating func free(
        _ index: Int, _ arrivals: Arrivals, _ vehicle: Int, row: Int, _ rules: inout CompiledRules
    ) -> RoutingProblem.Job {
        let visit = day.visits[index]
        guard let freedom = visit.freedom else { return pinned(visit, vehicle, row: row) }
        let prices = PlanPrices(
            freedom.job, &rules, engineer: shifts[vehicle].member, now: day.now, travel: day.travel)
        for (vehicle, shift) in shifts.enumerated() { balance[vehicle].append(prices.balance(of: shift.member)) }
        let own = shifts.indices.filter { shifts[$0].engineerId == visit.engineerId }
        let others =
            freedom.staysWithHim ? [] : others(for: visit, prices, until: arrivals.latest + visit.seconds)
        let vehicles = own + others
        let surcharges = zip(vehicles, prices.surcharges(vehicles.map { shifts[$0].member })).filter { $1 > 0 }
        return RoutingProblem.Job(
            location: row, service: Int32(visit.seconds), windows: [time(arrivals.earliest)...time(arrivals.latest)],
            demand: 1, prize: Self.prize, skills: [skill(of: Set(vehicles))], plannedFor: vehicle,
            moving: Int32(DayPlanning.handOverSeconds(ahead: visit.span.start - day.now)),
            lateness: prices.lateness(from: origin),
            surcharges: Dictionary(uniqueKeysWithValues: surcharges.map { ($0, $1) }),
            fetchedBy: fetching(visit, among: vehicles))
    }

    /// Shifts of those whom the rules let have it, and who are on duty now: others would not answer in time.
    private func others(for visit: BranchDay.Visit, _ prices: PlanPrices, until end: Int) -> [Int] {
        shifts.indices.filter {
            shifts[$0].engineerId != visit.engineerId && onDuty.contains(shifts[$0].member)
                && prices.allows(shifts[$0].member, until: end)
                && !day.isBoundToVan(visit, against: shifts[$0])
        }
    }

    private mutating func skill(of vehicles: Set<Int>) -> Int {
        if let known = skills[vehicles] { return known }
        skills[vehicles] = skills.count
        return skills.count - 1
    }

    private func time(_ moment: Int) -> Int32 { Int32(clamping: moment - origin) }
}
