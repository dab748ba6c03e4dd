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
    var hardRules: [String]
    var softRules: [String]
    /// By place in the roster: which hard rule keeps him out, 255 none.
    var brokenBy: Data
    var candidates: [Scored]

    /// Somebody who might go; written as numbers alone.
    struct Scored: Codable, Sendable, Equatable {
        var member: Int
        var start: Int
        var total: Int
        /// By soft rule.
        var terms: [Int]

        init(member: Int, start: Int, total: Int, terms: [Int]) {
            (self.member, self.start, self.total, self.terms) = (member, start, total, terms)
        }

        init(from decoder: any Decoder) throws {
            var numbers = try decoder.unkeyedContainer()
            member = try numbers.decode(Int.self)
            start = try numbers.decode(Int.self)
            total = try numbers.decode(Int.self)
            terms = []
            while !numbers.isAtEnd { terms.append(try numbers.decode(Int.self)) }
        }

        func encode(to encoder: any Encoder) throws {
            var numbers = encoder.unkeyedContainer()
            for number in [member, start, total] + terms { try numbers.encode(number) }
        }
    }

    /// - Parameter id: of the assignment that an offer makes.
    init(_ verdict: DispatchRound.Verdict, round: Int, id: UUID, rosterId: UUID, at moment: Date) {
        let findings = verdict.decision.findings
        workOrderId = verdict.workOrderId
        self.round = round
        decidedAt = moment
        ruleSetVersion = findings.ruleSetVersion
        self.rosterId = rosterId
        switch verdict.decision.outcome {
        case .offer(let choice): (assignmentId, engineerId) = (id, choice.engineerId)
        case .impossible(let deadlock): emptiedBy = deadlock.emptiedBy
        }
        hardRules = findings.hardRules
        softRules = findings.softRules
        brokenBy = Data(findings.brokenBy)
        candidates = findings.candidates.map {
            Scored(member: $0.member, start: $0.slot.span.start, total: $0.total, terms: findings.terms(of: $0))
        }
    }
}

extension DecisionRecord {
    /// In words, for those of the engineers who are asked about.
    func view(_ engineers: [UUID], names: [UUID: String], only asked: UUID?) -> DecisionView {
        var verdicts = candidates.sorted { ($0.total, $0.start, $0.member) < ($1.total, $1.start, $1.member) }
            .compactMap { scored -> EngineerVerdict? in
                guard engineers.indices.contains(scored.member) else { return nil }
                let id = engineers[scored.member]
                return EngineerVerdict(
                    engineerId: id, name: names[id] ?? "", start: Date(epoch: scored.start), total: scored.total,
                    terms: zip(softRules, scored.terms).filter { $1 != 0 }.map { ScoreTerm(rule: $0, cost: $1) })
            }
        for (id, rule) in zip(engineers, brokenBy) where hardRules.indices.contains(Int(rule)) {
            verdicts.append(
                EngineerVerdict(engineerId: id, name: names[id] ?? "", excludedBy: hardRules[Int(rule)]))
        }
        return DecisionView(
            decidedAt: decidedAt, round: round, ruleSetVersion: ruleSetVersion, assignmentId: assignmentId,
            engineerId: engineerId, emptiedBy: emptiedBy, considered: engineers.count,
            verdicts: asked.map { asked in verdicts.filter { $0.engineerId == asked } } ?? verdicts)
    }
}

/// The engineers whom decisions had before them, in the order in which records number them.
struct RosterSnapshot: Codable, Sendable, Equatable {
    var engineers: [UUID]
}
