import DomainContracts

/// Somebody who may go, with what it would cost. The lowest total wins; then the earlier start; then the lower id.
struct Candidate: Sendable {
    let member: Int
    let slot: Slot
    let travel: Int
    let load: Int
    let slaSlack: Int
    let preferred: Int
    let wish: Int
    let continuity: Int
    let total: Int

    init(_ job: JobRequest, _ member: Int, _ slot: Slot, _ isWish: Bool, _ timeline: Timeline) {
        self.member = member
        self.slot = slot
        travel = slot.detourMinutes
        load = timeline.bookedMinutes / RuleSet.bookedMinutesPerCost
        // Waiting costs a tenth of being late, so that an early slot wins among equals.
        let late = max(0, slot.span.start - (job.dueAt ?? .max)) / 60
        let waiting = max(0, slot.span.start - job.range.start) / 600
        slaSlack = min(RuleSet.latenessCap, late) * job.urgency + waiting * job.urgency
        preferred = job.preferred == nil || job.preferred == member ? 0 : RuleSet.notPreferredCost
        wish = job.preferredSpans.isEmpty || isWish ? 0 : RuleSet.missedWishCost
        continuity = job.previous == nil || job.previous == member ? 0 : RuleSet.newFaceCost
        total = travel + load + slaSlack + preferred + wish + continuity
    }

    func isBetter(than other: Candidate) -> Bool {
        (total, slot.span.start, member) < (other.total, other.slot.span.start, other.member)
    }

    func score(_ roster: Roster) -> CandidateScore {
        let terms = [
            ("travel", travel), ("load", load), ("sla_slack", slaSlack), ("preferred", preferred), ("wish", wish),
            ("continuity", continuity),
        ]
        return CandidateScore(
            engineerId: roster.members[member].id, total: total,
            terms: terms.filter { $0.1 != 0 }.map { ScoreTerm(rule: $0.0, cost: $0.1) })
    }
}
