import DomainContracts
import FoundationEssentials

/// Who goes, when, and why that one: hard rules say who may, integer costs who is best.
public struct Decider: Sendable {
    var rules: CompiledRules

    /// How many of the best are put in order, and how many an offer's explanation names.
    public static let ranked = 10
    static let explained = 5

    public init(_ rules: CompiledRules) { self.rules = rules }

    public var roster: Roster { rules.roster }

    /// Decides and enters the booking on the board.
    public mutating func decide(_ job: JobRequest, on board: inout Board, now: Int) -> Decision {
        let jobRules = rules.apply(to: job)
        let crew = rules.crewRule(for: job)
        let hardRules = rules.ruleSet.hardRuleNames + (crew.map { [$0.name] } ?? [])
        let alone = Scales(job: job, rules: jobRules, soft: rules.ruleSet.soft, now: now, travel: board.travel)
        var scales = alone
        if let crew { scales.starts = .together(starts(of: crew, for: job, on: &board, now: now)) }
        var brokenBy = [UInt8](repeating: Findings.mayGo, count: roster.count)
        var best: [Candidate] = []
        var others: [Candidate] = []
        let columns = roster.columns(of: job.required)
        possible(jobRules) { brokenBy[$0] = UInt8($1) }.forEach { member in
            let skillsEnd = roster.end(member, columns: columns)
            let timeline = board.timeline(of: member)
            guard let candidate = scales.weigh(member, timeline, skillsEnd: skillsEnd) else {
                let isBusy = crew == nil || alone.weigh(member, timeline) == nil
                brokenBy[member] = UInt8(isBusy ? noFreeTime : noFreeTime + 1)
                // He has time, but not while his skills last.
                if skillsEnd < .max, let skill = rules.ruleSet.skillRule, scales.weigh(member, timeline) != nil {
                    brokenBy[member] = UInt8(skill)
                }
                return
            }
            if let worse = Self.rank(candidate, in: &best) { others.append(worse) }
        }
        let findings = Findings(
            ruleSetVersion: rules.ruleSet.version, hardRules: hardRules,
            softRules: rules.ruleSet.soft.map(\.name), brokenBy: brokenBy, candidates: best + others, scales: scales,
            roster: roster)
        guard let chosen = best.first else {
            return Decision(
                outcome: .impossible(deadlock(jobRules, findings, &board, alone)), findings: findings)
        }
        board.enter(
            Timeline.Stop(span: chosen.slot.span, point: job.site, fetches: chosen.slot.fetches), of: chosen.member)
        let member = roster.members[chosen.member]
        let found = findHelpers(for: job, at: chosen.slot.span, besides: [member.id], on: &board, now: now)
        return Decision(
            outcome: .offer(
                .init(
                    engineerId: member.id, slot: chosen.slot, onDutyAt: member.shifts?.onDuty(from: now) ?? now,
                    explanation: findings.explanation(best: Self.explained, crew: found?.explanation),
                    helpers: found?.helpers ?? [])), findings: findings)
    }

    /// Whom the rules let go, their calendars apart.
    public mutating func possibleMembers(for jobs: [JobRequest]) -> [Int] {
        var isPossible = Array(repeating: false, count: roster.count)
        for job in jobs { possible(rules.apply(to: job)) { _, _ in }.forEach { isPossible[$0] = true } }
        return isPossible.indices.filter { isPossible[$0] }
    }

    /// Names of the hard rules that somebody breaks, his calendar apart.
    public mutating func broken(by member: Int, _ job: JobRequest) -> [String] {
        rules.apply(to: job).broken(by: member).map { rules.ruleSet.hardRuleNames[$0] }
    }

    /// His best slot in a calendar that may be another than the board's; nil when he has no free time in it.
    ///
    /// - Parameter end: until when he may do it.
    public mutating func slot(
        for job: JobRequest, of member: Int, in timeline: Timeline, until end: Int = .max, now: Int, travel: TravelTimes
    ) -> Slot? {
        Scales(job: job, rules: rules.apply(to: job), soft: rules.ruleSet.soft, now: now, travel: travel)
            .weigh(member, timeline, skillsEnd: end)?.slot
    }

    /// Place among the hard rules' names of the calendar's; the crew's comes after it.
    var noFreeTime: Int { rules.ruleSet.hard.count }

    func possible(_ jobRules: JobRules, excluded: (Int, Int) -> Void) -> EngineerSet {
        var members = EngineerSet(all: roster.count)
        for (index, allowed) in jobRules.allowed.enumerated() {
            if let allowed { members.keep(allowed) { excluded($0, index) } }
        }
        return members
    }

    /// Puts a candidate among the best; returns who is none of them now.
    private static func rank(_ candidate: Candidate, in best: inout [Candidate]) -> Candidate? {
        if best.count == ranked, let last = best.last, !candidate.isBetter(than: last) { return candidate }
        let position = best.firstIndex { candidate.isBetter(than: $0) } ?? best.endIndex
        best.insert(candidate, at: position)
        return best.count > ranked ? best.removeLast() : nil
    }
}
