import DomainContracts
import FoundationEssentials

/// What the rules make of a job, with all that was found on the way.
public struct Decision: Sendable {
    public enum Outcome: Sendable {
        case offer(Choice)
        /// Nobody may go.
        case impossible(Deadlock)
    }

    public struct Choice: Sendable {
        public var engineerId: UUID
        public var slot: Slot
        /// When he is on duty next: the lease of an offer made at night begins in the morning.
        public var onDutyAt: Int
        public var explanation: AssignmentExplanation
        /// Who goes with him.
        public var helpers: [Helper]

        public init(
            engineerId: UUID, slot: Slot, onDutyAt: Int, explanation: AssignmentExplanation, helpers: [Helper] = []
        ) {
            self.engineerId = engineerId
            self.slot = slot
            self.onDutyAt = onDutyAt
            self.explanation = explanation
            self.helpers = helpers
        }
    }

    /// Which rule emptied the list, and the smallest change that would let somebody go.
    public struct Deadlock: Sendable, Equatable {
        public var emptiedBy: String
        public var nearestRelaxation: CodedReason?
        public var candidates: Int
    }

    public let outcome: Outcome
    public let findings: Findings
}

/// What was found about every member of the roster: the rule that keeps him out, or what he would cost.
public struct Findings: Sendable {
    public let ruleSetVersion: Int
    /// The hard rules in the order in which they are tried; the calendar's last, or the crew's where several go.
    public let hardRules: [String]
    public let softRules: [String]
    /// By member: the first hard rule that he breaks, or `mayGo`.
    public let brokenBy: [UInt8]
    /// Those who may go: the best first, as many as are ranked; then the others by member.
    public let candidates: [Candidate]
    let scales: Scales
    let roster: Roster

    public static let mayGo = UInt8.max

    /// Of whom a place in `brokenBy` speaks.
    public func engineer(_ member: Int) -> UUID { roster.id(of: member) }

    /// The terms of a candidate's total, by soft rule.
    public func terms(of candidate: Candidate) -> [Int] {
        scales.terms(of: candidate, from: roster.members[candidate.member].base)
    }

    /// Of one candidate, what is not nothing.
    public func score(of candidate: Candidate) -> CandidateScore {
        scales.score(of: candidate, roster, softRules: softRules)
    }

    /// With somebody who goes at a time that was chosen for the sake of a whole day, whatever was found for him alone.
    func choosing(_ member: Int, at slot: Slot, _ timeline: Timeline, now: Int) -> Findings {
        var slot = slot
        slot.overtimeMinutes = timeline.overtimeMinutes(of: slot.span)
        let chosen = scales.candidate(member, at: slot, timeline, now: now)
        var brokenBy = brokenBy
        brokenBy[member] = Self.mayGo
        var ranked = candidates.prefix(Decider.ranked).filter { $0.member != member }
        let others = candidates.dropFirst(Decider.ranked).filter { $0.member != member }
        ranked.insert(chosen, at: ranked.firstIndex { chosen.isBetter(than: $0) } ?? ranked.endIndex)
        return Findings(
            ruleSetVersion: ruleSetVersion, hardRules: hardRules, softRules: softRules, brokenBy: brokenBy,
            candidates: ranked + others, scales: scales, roster: roster)
    }

    /// In brief, as it travels with an offer.
    func explanation(best: Int, crew: CrewExplanation? = nil) -> AssignmentExplanation {
        var counts = [Int](repeating: 0, count: hardRules.count)
        for rule in brokenBy where rule != Self.mayGo { counts[Int(rule)] += 1 }
        return AssignmentExplanation(
            ruleSetVersion: ruleSetVersion, considered: roster.count,
            excluded: zip(hardRules, counts).filter { $1 > 0 }.map { RuleExclusion(rule: $0, count: $1) },
            ranking: candidates.prefix(best).map(score), manual: false, crew: crew)
    }
}
