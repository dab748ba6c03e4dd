import FoundationEssentials

extension BranchPlanner {
    /// Makes room for a job by touching as little as possible: visits of whoever gets it begin earlier or later, and only
    /// where that helps nobody, one of his visits goes to somebody else. Promises, hard rules, breaks and what begins within
    /// the hour stay. Nil where there is no such room.
    ///
    /// - Parameters:
    ///   - job: that nobody has yet.
    ///   - arrivals: when it has to begin.
    /// - Throws: `BrokenDayPlan`, which is a fault of the program.
    public mutating func room(for job: JobRequest, _ arrivals: Arrivals, on day: BranchDay) throws -> Room? {
        let day = day.leavingAllCrews().asExpected(rules.roster)
        let whole = arrivals.span(of: job.seconds)
        let shifts = DutyShift.all(of: day, rules.roster).filter { $0.span.overlaps(whole) }
        var search = RoomSearch(job, arrivals, day, shifts, rules)
        let found = search.byMoving() ?? search.byHandingOver()
        rules = search.rules
        guard let room = found else { return nil }
        var evaluator = DayPlanEvaluator(day, rules, shifts)
        try evaluator.check(room, for: job, arrivals)
        return room
    }
}

/// Tries a job in every place of every shift of one day.
private struct RoomSearch {
    private let job: JobRequest
    /// With the job as a visit more.
    private let day: BranchDay
    private let shifts: [DutyShift]
    /// The job's place among the day's visits.
    private let newcomer: Int
    private(set) var rules: CompiledRules
    private let terms: VisitTerms
    /// Places in `shifts` of those who may have the job.
    private let possible: [Int]

    /// Visits that are tried to be handed over, the most promising first.
    private static let mostHandOvers = 30

    init(_ job: JobRequest, _ arrivals: Arrivals, _ day: BranchDay, _ shifts: [DutyShift], _ rules: CompiledRules) {
        var rules = rules
        self.job = job
        self.shifts = shifts
        // Whose it would be says the shift in which it is tried.
        (self.day, newcomer) = day.with(
            BranchDay.Visit(
                assignmentId: job.workOrderId, engineerId: job.workOrderId,
                span: Span(start: arrivals.earliest, end: arrivals.earliest + job.seconds), site: job.site,
                freedom: .init(newcomer: job, arrivals)))
        let terms = VisitTerms(job, &rules, now: day.now, travel: day.travel)
        let end = arrivals.latest + job.seconds
        possible = shifts.indices.filter { terms.allows(shifts[$0].member, until: end) }
        self.terms = terms
        self.rules = rules
    }

    /// A shift with a visit more, another less, or both.
    fileprivate struct Trial {
        var shift: Int
        /// Where the new visit is in it.
        var position: Int
        var times: RouteTimes
        var starts: [Int]
        /// Visits of the shift that begin at another time than they did.
        var moved: Int
        var cost: Int

        func isBetter(than other: Trial) -> Bool {
            (moved, cost, starts[position], times.shift.member)
                < (other.moved, other.cost, other.starts[other.position], other.times.shift.member)
        }
    }

    /// Within one shift.
    func byMoving() -> Room? {
        let trials = possible.compactMap { best(of: newcomer, in: $0, without: nil, terms) }
        return trials.best.map { room($0, handing: nil) }
    }

    /// With one visit of the shift given to another.
    mutating func byHandingOver() -> Room? {
        var found: (trial: Trial, handed: Trial, visit: Int)?
        for (trial, visit) in withoutOne().prefix(Self.mostHandOvers) {
            guard let handed = handOver(visit, from: trial.times.shift) else { continue }
            let isBetter = found.map { best in
                (trial.moved + handed.moved, trial.cost + handed.cost)
                    < (best.trial.moved + best.handed.moved, best.trial.cost + best.handed.cost)
            }
            if isBetter ?? true { found = (trial, handed, visit) }
        }
        return found.map { room($0.trial, handing: ($0.visit, $0.handed)) }
    }

    /// Shifts that have room without one of their visits, the cheapest first. What is more urgent than the job gives no way.
    private func withoutOne() -> [(trial: Trial, visit: Int)] {
        let trials = possible.flatMap { shift in
            shifts[shift].visits.compactMap { visit -> (trial: Trial, visit: Int)? in
                guard day.isFree(day.visits[visit]), let freedom = day.visits[visit].freedom,
                    freedom.job.urgency <= job.urgency
                else { return nil }
                return best(of: newcomer, in: shift, without: visit, terms).map { ($0, visit) }
            }
        }
        return trials.sorted { $0.trial.isBetter(than: $1.trial) }
    }

    /// The best place for a visit with somebody else, who is on duty to agree to it.
    private mutating func handOver(_ index: Int, from giver: DutyShift) -> Trial? {
        let visit = day.visits[index]
        guard let freedom = visit.freedom, let arrivals = day.arrivals(of: visit) else { return nil }
        let terms = VisitTerms(freedom.job, &rules, now: day.now, travel: day.travel)
        let takers = shifts.indices.filter { taker in
            shifts[taker].engineerId != giver.engineerId && shifts[taker].isOnDuty(at: day.now)
                && terms.allows(shifts[taker].member, until: arrivals.latest + visit.seconds)
                && !day.isBoundToVan(visit, against: shifts[taker])
        }
        return takers.compactMap { best(of: index, in: $0, without: nil, terms) }.best
    }

    /// The best place for a visit in a shift; nil where it has none.
    private func best(of visit: Int, in index: Int, without dropped: Int?, _ terms: VisitTerms) -> Trial? {
        let shift = shifts[index]
        let others = shift.visits.filter { $0 != dropped }
        guard others.count < shift.visitsPerDay else { return nil }
        let before = travelAsBooked(shift)
        let booked = shift.visits.reduce(0) { $0 + day.visits[$1].seconds / 60 }
        let orders = (0...others.count).flatMap { position in
            var order = others
            order.insert(visit, at: position)
            return RouteTimes.all(order, in: shift, day).map { (position, order, $0) }
        }
        let trials = orders.compactMap { position, order, times -> Trial? in
            guard let starts = times.starts() else { return nil }
            let travel = times.travelMinutes(to: starts)
            let span = Span(start: starts[position], end: starts[position] + day.visits[visit].seconds)
            let slot = Slot(
                span: span, travelMinutes: travel[position], detourMinutes: travel.reduce(0, +) - before)
            return Trial(
                shift: index, position: position, times: times, starts: starts,
                moved: zip(order, starts).count { $0 != visit && day.visits[$0].span.start != $1 },
                cost: terms.cost(of: shift.member, booked, coming: slot))
        }
        return trials.best
    }

    private func travelAsBooked(_ shift: DutyShift) -> Int {
        RouteTimes.all(shift.visits, in: shift, day).map { $0.travelMinutes() }.min() ?? 0
    }

    private func room(_ trial: Trial, handing given: (visit: Int, trial: Trial)?) -> Room {
        let travel = trial.times.travelMinutes(to: trial.starts)
        let start = trial.starts[trial.position]
        var changes = changes(trial)
        if let given {
            let visit = day.visits[given.visit]
            let start = given.trial.starts[given.trial.position]
            changes += self.changes(given.trial)
            changes.append(
                DayPlan.Change(
                    assignmentId: visit.assignmentId, from: visit.engineerId, to: given.trial.times.shift.engineerId,
                    span: Span(start: start, end: start + visit.seconds),
                    travelMinutes: given.trial.times.travelMinutes(to: given.trial.starts)[given.trial.position]))
        }
        let touched = [trial] + (given.map { [$0.trial] } ?? [])
        return Room(
            engineerId: trial.times.shift.engineerId, span: Span(start: start, end: start + job.seconds),
            travelMinutes: travel[trial.position],
            plan: DayPlan(
                changes: changes, visits: touched.reduce(0) { $0 + shifts[$1.shift].visits.count },
                travelBefore: touched.reduce(0) { sum, trial in
                    let shift = shifts[trial.shift]
                    return sum + 60 * travelAsBooked(shift)
                }, travelAfter: touched.reduce(0) { $0 + 60 * $1.times.travelMinutes(to: $1.starts).reduce(0, +) }))
    }

    /// What a trial changes about visits that were the shift's before.
    private func changes(_ trial: Trial) -> [DayPlan.Change] {
        let travel = trial.times.travelMinutes(to: trial.starts)
        return trial.times.visits.indices.compactMap { place in
            let start = trial.starts[place]
            guard place != trial.position else { return nil }
            let visit = day.visits[trial.times.visits[place]]
            guard visit.span.start != start else { return nil }
            return DayPlan.Change(
                assignmentId: visit.assignmentId, from: visit.engineerId, to: visit.engineerId,
                span: Span(start: start, end: start + visit.seconds), travelMinutes: travel[place])
        }
    }
}

extension [RoomSearch.Trial] {
    fileprivate var best: RoomSearch.Trial? { self.min { $0.isBetter(than: $1) } }
}
