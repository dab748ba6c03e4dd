import Dispatching
import DomainContracts
import FoundationEssentials

/// A decision as it is kept: what was found about every engineer, in a form that a thousand of them fit into.
struct DecisionRecord: Codable, Sendable, Equatable {
    var workOrderId: UUID
    var round: Int
    var decidedAt: Date
    var ruleSetVersion: Int
    /// The engineers there were: a `RosterSnapshot`.
    var rosterId: UUID
    /// Nil when nobody might go.
    var assignmentId: UUID?
    var engineerId: UUID?
    var emptiedBy: String?
    /// The smallest change that would let somebody go; nil where somebody may, and in what earlier versions kept.
    var nearestRelaxation: CodedReason?
    /// Minutes that the day plan saved which decided so; nil where none did.
    var daySavedMinutes: Int?
    /// How many visits gave way; nil where none had to.
    var visitsMoved: Int?
    /// The work order that it gave way to; nil where to none.
    var madeRoomFor: String?
    /// Why others go along; nil where he goes alone.
    var crew: CrewExplanation?
    var hardRules: [String]
    var softRules: [String]
    /// By place in the roster: which hard rule keeps him out, 255 none.
    var brokenBy: Data
    /// Those who might go, packed: place in the roster, minutes from the minute of `decidedAt` to the start, then a term
    /// by soft rule.
    var candidates: Data

    /// - Parameter id: of the assignment that an offer makes.
    init(_ verdict: DispatchRound.Verdict, round: Int, id: UUID, rosterId: UUID, at moment: Date) {
        let findings = verdict.decision.findings
        workOrderId = verdict.workOrderId
        self.round = round
        decidedAt = moment
        ruleSetVersion = findings.ruleSetVersion
        self.rosterId = rosterId
        switch verdict.decision.outcome {
        case .offer(let choice):
            (assignmentId, engineerId) = (id, choice.engineerId)
            daySavedMinutes = choice.explanation.daySavedMinutes
            visitsMoved = choice.explanation.visitsMoved
            madeRoomFor = choice.explanation.madeRoomFor
            crew = choice.explanation.crew
        case .impossible(let deadlock):
            (emptiedBy, nearestRelaxation) = (deadlock.emptiedBy, deadlock.nearestRelaxation)
        }
        hardRules = findings.hardRules
        softRules = findings.softRules
        brokenBy = Data(findings.brokenBy)
        candidates = PackedNumbers.pack(
            findings.candidates.lazy.flatMap { candidate in
                [candidate.member, candidate.slot.span.start / 60 - moment.epoch / 60] + findings.terms(of: candidate)
            })
    }

    /// One who might go, unpacked.
    private struct Scored {
        var member: Int
        var start: Date
        var terms: [Int]
        var total: Int { terms.reduce(0, +) }
    }

    private var scored: [Scored] {
        let numbers = PackedNumbers.unpack(candidates)
        let width = 2 + softRules.count
        return stride(from: 0, through: numbers.count - width, by: width).map { first in
            Scored(
                member: numbers[first], start: Date(epoch: (decidedAt.epoch / 60 + numbers[first + 1]) * 60),
                terms: Array(numbers[(first + 2)..<(first + width)]))
        }
    }
}

extension DecisionRecord {
    /// In words, for those of the engineers who are asked about.
    func view(_ engineers: [UUID], names: [UUID: String], only asked: UUID?) -> DecisionView {
        var verdicts = scored.sorted { ($0.total, $0.start, $0.member) < ($1.total, $1.start, $1.member) }
            .compactMap { scored -> EngineerVerdict? in
                guard engineers.indices.contains(scored.member) else { return nil }
                let id = engineers[scored.member]
                return EngineerVerdict(
                    engineerId: id, name: names[id] ?? "", start: scored.start, total: scored.total,
                    terms: zip(softRules, scored.terms).filter { $1 != 0 }.map { ScoreTerm(rule: $0, cost: $1) })
            }
        for (id, rule) in zip(engineers, brokenBy) where hardRules.indices.contains(Int(rule)) {
            verdicts.append(
                EngineerVerdict(engineerId: id, name: names[id] ?? "", excludedBy: hardRules[Int(rule)]))
        }
        return DecisionView(
            decidedAt: decidedAt, round: round, ruleSetVersion: ruleSetVersion, assignmentId: assignmentId,
            engineerId: engineerId, emptiedBy: emptiedBy, nearestRelaxation: nearestRelaxation,
            daySavedMinutes: daySavedMinutes, visitsMoved: visitsMoved, madeRoomFor: madeRoomFor,
            considered: engineers.count,
            verdicts: asked.map { asked in verdicts.filter { $0.engineerId == asked } } ?? verdicts, crew: crew)
    }
}

/// The engineers whom decisions had before them, in the order in which records number them.
struct RosterSnapshot: Codable, Sendable, Equatable {
    var engineers: [UUID]
}
