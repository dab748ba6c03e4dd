import DomainContracts
import FoundationEssentials

/// Rules that a candidate must pass, in the order they are tried; raw values stand in explanations.
enum HardRule: String, CaseIterable, Sendable {
    case excluded, tried, skill, territory, shift
    case noFreeTime = "no_free_time"
}

/// What the rules make of a job.
enum AssignmentDecision: Sendable {
    case offer(Choice)
    /// Nobody may go.
    case impossible(Deadlock)

    struct Choice: Sendable {
        var engineerId: UUID
        var slot: Slot
        /// When he is on duty next: the lease of an offer made at night begins in the morning.
        var onDutyAt: Int
        var explanation: AssignmentExplanation
    }

    struct Deadlock: Sendable, Equatable {
        var emptiedBy: String
        var nearestRelaxation: CodedReason?
        var candidates: Int
    }
}

/// Who goes, when, and why that one: hard rules decide who may, integer costs who is best.
enum AssignmentRules {
    /// Decides and enters the booking on the board.
    static func decide(_ job: JobRequest, _ roster: Roster, _ board: inout Board, now: Int) -> AssignmentDecision {
        var excluded = [Int](repeating: 0, count: HardRule.allCases.count)
        var best: [Candidate] = []
        for member in roster.members.indices {
            if let rule = firstBroken(job, member, roster) {
                excluded[order(rule)] += 1
                continue
            }
            let timeline = board.timeline(of: member, roster)
            guard let found = slot(for: job, timeline, now: now) else {
                excluded[order(.noFreeTime)] += 1
                continue
            }
            keep(Candidate(job, member, found.slot, found.isWish, timeline), in: &best)
        }
        guard let chosen = best.first else { return .impossible(deadlock(job, roster, &board, excluded, now: now)) }
        board.book(chosen.slot.span, at: job.site, for: chosen.member)
        let explanation = AssignmentExplanation(
            ruleSetVersion: RuleSet.version, considered: roster.members.count, excluded: exclusions(excluded),
            ranking: best.map { $0.score(roster) }, manual: false)
        let member = roster.members[chosen.member]
        return .offer(
            .init(
                engineerId: member.id, slot: chosen.slot, onDutyAt: member.shifts?.onDuty(from: now) ?? now,
                explanation: explanation))
    }

    /// The first rule that keeps a member out, whatever his calendar says.
    static func firstBroken(_ job: JobRequest, _ member: Int, _ roster: Roster) -> HardRule? {
        if job.excluded.contains(member) { return .excluded }
        if job.tried.contains(member) { return .tried }
        for skill in job.required where roster.level(member, skill.number) < skill.level { return .skill }
        if !serves(roster.members[member].regions, job.site.region) { return .territory }
        if roster.members[member].shifts?.weekly.isEmpty ?? true { return .shift }
        return nil
    }

    /// Every rule a member breaks, his calendar apart.
    static func broken(_ job: JobRequest, _ member: Int, _ roster: Roster) -> [HardRule] {
        var rules: [HardRule] = []
        if job.excluded.contains(member) { rules.append(.excluded) }
        if job.tried.contains(member) { rules.append(.tried) }
        if job.required.contains(where: { roster.level(member, $0.number) < $0.level }) { rules.append(.skill) }
        if !serves(roster.members[member].regions, job.site.region) { rules.append(.territory) }
        if roster.members[member].shifts?.weekly.isEmpty ?? true { rules.append(.shift) }
        return rules
    }

    /// A wish of the customer's if one can be met, else the earliest.
    static func slot(for job: JobRequest, _ timeline: Timeline, now: Int) -> (slot: Slot, isWish: Bool)? {
        for wish in job.preferredSpans where wish.end > now {
            let start = max(wish.start, now)
            let range = Span(start: start, end: max(wish.end, start + job.seconds))
            if let slot = timeline.earliest(
                at: job.site, seconds: job.seconds, in: range, now: now, grid: RuleSet.gridSeconds)
            {
                return (slot, true)
            }
        }
        return timeline.earliest(
            at: job.site, seconds: job.seconds, in: job.range, now: now, grid: RuleSet.gridSeconds
        ).map { ($0, false) }
    }

    private static func serves(_ regions: [[UInt8]], _ region: [UInt8]) -> Bool {
        regions.isEmpty || region.isEmpty || regions.contains { region.starts(with: $0) }
    }

    private static func keep(_ candidate: Candidate, in best: inout [Candidate]) {
        if best.count == 5, let last = best.last, last.isBetter(than: candidate) { return }
        let position = best.firstIndex { candidate.isBetter(than: $0) } ?? best.endIndex
        best.insert(candidate, at: position)
        if best.count > 5 { best.removeLast() }
    }

    static func order(_ rule: HardRule) -> Int { HardRule.allCases.firstIndex(of: rule) ?? 0 }

    static func exclusions(_ counts: [Int]) -> [RuleExclusion] {
        zip(HardRule.allCases, counts).filter { $1 > 0 }.map { RuleExclusion(rule: $0.rawValue, count: $1) }
    }
}
