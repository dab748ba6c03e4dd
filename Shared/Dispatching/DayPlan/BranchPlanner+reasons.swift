import DomainContracts
import FoundationEssentials

extension BranchPlanner {
    /// What there is to say about everybody of the branch for a visit that a plan hands over, as for any other decision; by
    /// the bookings that the plan leaves.
    public mutating func decision(on change: DayPlan.Change, of plan: DayPlan, _ day: BranchDay) -> Decision? {
        guard let visit = day.visits.first(where: { $0.assignmentId == change.assignmentId }),
            let job = visit.freedom?.job
        else { return nil }
        var decider = Decider(rules)
        var board = Board(decider.roster, range: Board.range(for: [job], now: day.now), travel: day.travel)
        for (engineer, stops) in plan.stops(day, without: change.assignmentId) {
            if let member = decider.roster.position(of: engineer) { board.set(stops, of: member) }
        }
        let found = decider.decide(job, on: &board, now: day.now).findings
        let slot = Slot(span: change.span, travelMinutes: change.travelMinutes, detourMinutes: change.travelMinutes)
        guard let member = decider.roster.position(of: change.to) else { return nil }
        // Plans lie on a finer grid than decisions: he may have time where the rules alone would have found him none.
        let findings = found.choosing(member, at: slot, board.timeline(of: member), now: day.now)
        var explanation = findings.explanation(best: Decider.explained)
        // The plan chose for the sake of the whole day: he need not be the best for this visit alone.
        explanation.put(change.to, first: findings)
        explanation.daySavedMinutes = plan.savedMinutes
        return Decision(
            outcome: .offer(
                .init(
                    engineerId: change.to, slot: slot, onDutyAt: day.now, explanation: explanation)),
            findings: findings)
    }
}

extension DayPlan {
    /// By engineer, what he is booked for once the plan is carried out.
    fileprivate func stops(_ day: BranchDay, without assignmentId: UUID) -> [UUID: [Timeline.Stop]] {
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
