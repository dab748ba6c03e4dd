import DomainContracts
import FoundationEssentials

/// Who goes with the lead 协作人员.
public struct Helper: Sendable {
    public var engineerId: UUID
    public var slot: Slot

    public init(engineerId: UUID, slot: Slot) {
        self.engineerId = engineerId
        self.slot = slot
    }
}

/// What a crew rule asks for, and whom it got.
public struct FoundCrew: Sendable {
    public var helpers: [Helper]
    public var explanation: CrewExplanation
}

extension Decider {
    /// How many are to go with the lead, and by which rule; nil where he goes alone.
    public func crew(for job: JobRequest) -> CrewExplanation? {
        rules.crewRule(for: job).map { CrewExplanation(rule: $0.name, wanted: $0.helpers) }
    }

    /// Whom the rules let help with one of the jobs, their calendars apart.
    public mutating func possibleHelpers(for jobs: [JobRequest]) -> [Int] {
        var isPossible = Array(repeating: false, count: roster.count)
        for job in jobs {
            guard let rule = rules.crewRule(for: job) else { continue }
            possible(rules.apply(to: job.helping(with: rule.skills))) { _, _ in }.forEach { isPossible[$0] = true }
        }
        return isPossible.indices.filter { isPossible[$0] }
    }

    /// Finds helpers for a visit whose time is settled, and enters them on the board: those who cost least, as many as are
    /// missing or as there are.
    ///
    /// - Parameter present: the lead, and helpers whom he has.
    public mutating func findHelpers(
        for job: JobRequest, at span: Span, besides present: [UUID], on board: inout Board, now: Int
    ) -> FoundCrew? {
        guard let rule = rules.crewRule(for: job) else { return nil }
        let helping = job.helping(with: rule.skills, at: span)
        let jobRules = rules.apply(to: helping)
        let scales = Scales(
            job: helping, rules: jobRules, soft: rules.ruleSet.soft, now: now, travel: board.travel,
            starts: .asSoonAsPossible)
        let columns = roster.columns(of: rule.skills)
        var candidates: [Candidate] = []
        possible(jobRules) { _, _ in }.forEach { member in
            guard !present.contains(roster.id(of: member)) else { return }
            let skillsEnd = roster.end(member, columns: columns)
            if let found = scales.weigh(member, board.timeline(of: member), skillsEnd: skillsEnd) {
                candidates.append(found)
            }
        }
        let missing = max(0, rule.helpers - (present.count - 1))
        let best = candidates.sorted { $0.isBetter(than: $1) }.prefix(missing)
        for helper in best { board.enter(Timeline.Stop(span: span, point: job.site), of: helper.member) }
        return FoundCrew(
            helpers: best.map { Helper(engineerId: roster.id(of: $0.member), slot: $0.slot) },
            explanation: CrewExplanation(
                rule: rule.name, wanted: rule.helpers,
                helpers: best.map { scales.score(of: $0, roster, softRules: rules.ruleSet.soft.map(\.name)) }))
    }

    /// What somebody costs as a helper at a time that others have chosen.
    ///
    /// - Parameter helping: the job as it is for a helper.
    mutating func score(
        helping: JobRequest, _ member: Int, at slot: Slot, on board: inout Board, now: Int
    ) -> CandidateScore {
        let scales = Scales(
            job: helping, rules: rules.apply(to: helping), soft: rules.ruleSet.soft, now: now, travel: board.travel)
        let candidate = scales.candidate(member, at: slot, board.timeline(of: member), now: now)
        return scales.score(of: candidate, roster, softRules: rules.ruleSet.soft.map(\.name))
    }

    /// When enough helpers could begin, nobody of them in overtime.
    mutating func starts(of rule: CrewRule, for job: JobRequest, on board: inout Board, now: Int) -> CrewStarts {
        let helping = job.helping(with: rule.skills)
        let range = Span(start: min(job.range.start, now), end: job.wholeRange.end)
        var starts = CrewStarts(helpers: rule.helpers, range: range)
        let columns = roster.columns(of: rule.skills)
        possible(rules.apply(to: helping)) { _, _ in }.forEach { member in
            let end = min(range.end, roster.end(member, columns: columns))
            guard range.start < end else { return }
            board.timeline(of: member).forEachOpening(
                at: job.site, seconds: job.seconds, in: Span(start: range.start, end: end), now: now,
                travel: board.travel
            ) { opening in
                starts.enter(member, from: opening.earliestStart, to: opening.latestStart)
                return true
            }
        }
        return starts
    }
}
