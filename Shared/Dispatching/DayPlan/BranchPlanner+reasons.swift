import DomainContracts
import FoundationEssentials

extension BranchPlanner {
    /// What there is to say about everybody of the branch for a visit that a plan hands over, as for any other decision; by
    /// the bookings that the plan leaves.
    ///
    /// - Parameter cause: the number of the work order that it gives way to; nil where it is for the sake of the whole day.
    public mutating func decision(
        on change: DayPlan.Change, of plan: DayPlan, _ day: BranchDay, because cause: String? = nil
    ) -> Decision? {
        guard let visit = day.visits.first(where: { $0.assignmentId == change.assignmentId }),
            let job = visit.freedom?.job
        else { return nil }
        return decision(
            giving: job, to: change.to, at: change.span, change.travelMinutes,
            beside: plan.stops(day, without: change.assignmentId), day
        ) { explanation in
            explanation.madeRoomFor = cause
            if cause == nil { explanation.daySavedMinutes = plan.savedMinutes }
        }
    }

    /// The same for a job that others make room for.
    public mutating func decision(on room: Room, for job: JobRequest, _ day: BranchDay) -> Decision? {
        decision(
            giving: job, to: room.engineerId, at: room.span, room.travelMinutes,
            beside: room.plan.stops(day, without: nil), day
        ) { $0.visitsMoved = room.plan.changes.count }
    }

    /// What a helper costs whom a plan takes for another; nil where the change is of no such kind.
    public mutating func score(
        ofHelper change: DayPlan.Change, of plan: DayPlan, _ day: BranchDay
    ) -> CandidateScore? {
        guard change.helps != nil, change.isHandOver,
            let visit = day.visits.first(where: { $0.assignmentId == change.assignmentId }),
            let job = visit.freedom?.job
        else { return nil }
        var decider = Decider(rules)
        guard let member = decider.roster.position(of: change.to) else { return nil }
        var board = board(for: job, plan.stops(day, without: change.assignmentId), day)
        return decider.score(
            helping: job, member,
            at: Slot(span: change.span, travelMinutes: change.travelMinutes, detourMinutes: change.travelMinutes),
            on: &board, now: day.now)
    }

    private func board(for job: JobRequest, _ stops: [UUID: [Timeline.Stop]], _ day: BranchDay) -> Board {
        var board = Board(rules.roster, range: Board.range(for: [job], now: day.now), travel: day.travel)
        for (engineer, stops) in stops {
            if let member = rules.roster.position(of: engineer) { board.set(stops, of: member) }
        }
        return board
    }

    private mutating func decision(
        giving job: JobRequest, to engineerId: UUID, at span: Span, _ travelMinutes: Int,
        beside stops: [UUID: [Timeline.Stop]], _ day: BranchDay, explain: (inout AssignmentExplanation) -> Void
    ) -> Decision? {
        var decider = Decider(rules)
        var board = board(for: job, stops, day)
        let found = decider.decide(job, on: &board, now: day.now).findings
        guard let member = decider.roster.position(of: engineerId) else { return nil }
        let fetches = decider.roster.members[member].depot != nil && job.missing(engineerId) > 0
        let slot = Slot(span: span, travelMinutes: travelMinutes, detourMinutes: travelMinutes, fetches: fetches)
        // Plans lie on a finer grid than decisions: he may have time where the rules alone would have found him none.
        let findings = found.choosing(member, at: slot, board.timeline(of: member), now: day.now)
        var explanation = findings.explanation(best: Decider.explained)
        // He was chosen for the sake of more than this visit, and need not be the best for it alone.
        explanation.put(engineerId, first: findings)
        explain(&explanation)
        let shifts = decider.roster.members[member].shifts
        return Decision(
            outcome: .offer(
                .init(
                    engineerId: engineerId, slot: slot, onDutyAt: shifts?.onDuty(from: day.now) ?? day.now,
                    explanation: explanation)),
            findings: findings)
    }
}

extension DayPlan {
    /// By engineer, what he is booked for once the plan is carried out.
    fileprivate func stops(_ day: BranchDay, without assignmentId: UUID?) -> [UUID: [Timeline.Stop]] {
        let changed = Dictionary(uniqueKeysWithValues: changes.map { ($0.assignmentId, $0) })
        return day.visits.reduce(into: [:]) { stops, visit in
            if visit.assignmentId == assignmentId { return }
            let change = changed[visit.assignmentId]
            stops[change?.to ?? visit.engineerId, default: []].append(
                Timeline.Stop(span: change?.span ?? visit.span, point: visit.site))
        }
    }
}

extension AssignmentExplanation {
    /// The chosen one stands first, whatever he costs.
    fileprivate mutating func put(_ engineerId: UUID, first findings: Findings) {
        guard let chosen = findings.candidates.first(where: { findings.engineer($0.member) == engineerId }) else {
            return
        }
        ranking.removeAll { $0.engineerId == engineerId }
        ranking.insert(findings.score(of: chosen), at: 0)
        ranking = Array(ranking.prefix(Decider.explained))
    }
}
