import FoundationEssentials
import Routing

/// Plans a branch's day: who has which visit, and when within its promised window.
///
/// The plan in force is where it begins. What comes of it keeps every promise, every hard rule and every pinned visit, has
/// been checked by routing's evaluator, and differs from the plan in force only where that gains more than it costs to
/// tell people, or where the plan in force cannot be kept to.
public struct BranchPlanner {
    var rules: CompiledRules
    private let optimizer: any RouteOptimizer

    public init(_ rules: CompiledRules, optimizer: any RouteOptimizer = SISR()) {
        self.rules = rules
        self.optimizer = optimizer
    }

    /// Of the budget, what finding out takes whether somebody can make the visits that their engineers cannot.
    private static let rescue = 0.25

    /// Visits that their engineers cannot begin as they were promised, and that a plan leaves with them.
    public func atRisk(_ day: BranchDay, after plan: DayPlan?) -> [UUID] {
        let planned = Set((plan?.changes ?? []).flatMap { [$0.from, $0.to] })
        let late = day.late(rules.roster).map { day.visits[$0] }.filter { !planned.contains($0.engineerId) }
        // Who helps late makes the visit late.
        return late.map { $0.helps ?? $0.assignmentId }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Nil where nothing is to be changed.
    ///
    /// - Throws: `RoutingProblemError`, `BrokenPlan` or `BrokenDayPlan`, which are faults of the program.
    public mutating func plan(_ day: BranchDay, budget: SearchBudget, seed: UInt64) throws -> DayPlan? {
        func neighbourhood(_ day: BranchDay) -> [DutyShift] {
            DutyShift.neighbourhood(of: DutyShift.all(of: day, rules.roster), seed, by: day.travel)
        }
        let day = day.leavingPartCrews(of: neighbourhood(day).flatMap(\.visits)).asExpected(rules.roster)
        var shifts = neighbourhood(day)
        guard var routing = try BranchRouting(day, shifts, &rules) else { return nil }
        var start = routing.planInForce.fitting(routing.problem)
        var left = budget
        func rescue() {
            guard !start.unserved.isEmpty else { return }
            let (part, rest) = left.split(Self.rescue)
            start = search(routing, from: start, part, seed)
            left = rest
        }
        rescue()
        if !start.unserved.isEmpty, routing.letGo(of: start.unserved, &shifts),
            let without = try BranchRouting(day, shifts, &rules)
        {
            // What cannot be fetched in time keeps nobody's other visits from being planned.
            routing = without
            start = routing.planInForce.fitting(routing.problem)
            rescue()
        }
        while !start.unserved.isEmpty {
            // A shift of which somebody's visit fits nobody is left to people; so may be one of who was to go with him, then.
            let hopeless = routing.visits(of: start.unserved)
            shifts.removeAll { !hopeless.isDisjoint(with: $0.visits) }
            guard let rest = try BranchRouting(day, shifts, &rules) else { return nil }
            routing = rest
            start = routing.planInForce.fitting(routing.problem)
            rescue()
        }
        guard let plan = try worthwhile(search(routing, from: start, left, seed), routing) else { return nil }
        var evaluator = DayPlanEvaluator(day, rules, shifts)
        try evaluator.check(plan)
        return plan
    }

    /// The best plan whose times can be kept to.
    private func search(
        _ routing: BranchRouting, from start: RoutingPlan, _ budget: SearchBudget, _ seed: UInt64
    ) -> RoutingPlan {
        var best = start
        _ = optimizer.improve(routing.problem, from: start, budget: budget, seed: seed) { plan, _ in
            if routing.changes(to: plan) != nil { best = plan }
            return true
        }
        return best
    }

    private func worthwhile(_ plan: RoutingPlan, _ routing: BranchRouting) throws -> DayPlan? {
        let evaluator = PlanEvaluator(routing.problem)
        let before = routing.planInForce.fitting(routing.problem)
        let (old, new) = (try evaluator.evaluate(before), try evaluator.evaluate(plan))
        let gains = old.cost - new.cost
        // Where it gains too little, what has to be moved is moved in the order there is.
        let chosen = gains >= DayPlanning.leastGainSeconds ? plan : before
        guard chosen.unserved.isEmpty, let changes = routing.changes(to: chosen), !changes.isEmpty else { return nil }
        return DayPlan(
            changes: changes, visits: routing.visits.count, travelBefore: old.travel,
            travelAfter: chosen == plan ? new.travel : old.travel)
    }
}

extension BranchRouting {
    /// Has nobody call any more for what is left out, or where the call itself left something out, for what else he would fetch in
    /// that shift; false where nobody would have called.
    fileprivate func letGo(of jobs: [Int], _ shifts: inout [DutyShift]) -> Bool {
        let leftOut = visits(of: jobs)
        var hasLetGo = false
        for number in shifts.indices where problem.vehicles[number].depot != nil {
            let concerned = leftOut.intersection(shifts[number].visits)
            if concerned.isEmpty { continue }
            let fetched = shifts[number].visits.filter { day.fetches(shifts[number], day.visits[$0]) }
            let hopeless = fetched.filter(concerned.contains)
            shifts[number].waived = Set((hopeless.isEmpty ? fetched : hopeless).map { day.visits[$0].assignmentId })
            hasLetGo = hasLetGo || !shifts[number].waived.isEmpty
        }
        return hasLetGo
    }

    /// What a plan changes; nil where its times cannot be kept to. A shift that it leaves as it is stays so, however tight.
    func changes(to plan: RoutingPlan) -> [DayPlan.Change]? {
        var changes: [DayPlan.Change] = []
        let (settled, places) = (settled(in: plan), helperPlaces(in: plan))
        for (shift, route) in zip(shifts, plan.routes) {
            let times = RouteTimes(
                shift: shift, visits: route.filter { !problem.isDepotCall($0) }.map { places[$0] ?? visits[$0] },
                day: day,
                call: route.firstIndex(where: problem.isDepotCall), settled: settled)
            let isAsBefore =
                times.visits == shift.visits
                && times.visits.allSatisfy { settled[$0] ?? day.visits[$0].span.start == day.visits[$0].span.start }
            if isAsBefore, RouteTimes.all(times.visits, in: shift, day).contains(where: { $0.isOnTime() }) { continue }
            guard let starts = times.starts() else {
                if isAsBefore { continue }
                return nil
            }
            for (index, (start, travel)) in zip(times.visits, zip(starts, times.travelMinutes(to: starts))) {
                let visit = day.visits[index]
                if visit.engineerId == shift.engineerId, visit.span.start == start { continue }
                changes.append(
                    DayPlan.Change(
                        assignmentId: visit.assignmentId, from: visit.engineerId, to: shift.engineerId,
                        span: Span(start: start, end: start + visit.seconds), travelMinutes: travel,
                        helps: visit.helps))
            }
        }
        return changes
    }
}
