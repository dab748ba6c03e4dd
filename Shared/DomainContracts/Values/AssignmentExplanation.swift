import FoundationEssentials

/// Why this engineer, in brief: candidates, what excluded the others, what each score was made of.
public struct AssignmentExplanation: Codable, Sendable, Hashable {
    public var ruleSetVersion: Int
    public var considered: Int
    /// How many each hard rule excluded.
    public var excluded: [RuleExclusion]
    /// The best, the chosen one first; at most five.
    public var ranking: [CandidateScore]
    /// A dispatcher decided.
    public var manual: Bool
    /// Set where the day plan handed the visit over: minutes of travel that all its changes together save.
    public var daySavedMinutes: Int?
    /// Set where others' visits gave way to it: how many begin at another time, or are somebody else's.
    public var visitsMoved: Int?
    /// Set where the visit was handed over to make room: the number of the work order that needed it.
    public var madeRoomFor: String?
    /// Set where several engineers go.
    public var crew: CrewExplanation?

    public init(
        ruleSetVersion: Int, considered: Int, excluded: [RuleExclusion] = [], ranking: [CandidateScore] = [],
        manual: Bool, daySavedMinutes: Int? = nil, visitsMoved: Int? = nil, madeRoomFor: String? = nil,
        crew: CrewExplanation? = nil
    ) {
        self.ruleSetVersion = ruleSetVersion
        self.considered = considered
        self.excluded = excluded
        self.ranking = ranking
        self.manual = manual
        self.daySavedMinutes = daySavedMinutes
        self.visitsMoved = visitsMoved
        self.madeRoomFor = madeRoomFor
        self.crew = crew
    }
}

/// Why several engineers go, and why these helpers.
public struct CrewExplanation: Codable, Sendable, Hashable {
    /// The crew rule that asked for them.
    public var rule: String
    /// How many helpers it asked for.
    public var wanted: Int
    /// Those who were found, each with what he costs.
    public var helpers: [CandidateScore]

    public init(rule: String, wanted: Int, helpers: [CandidateScore] = []) {
        self.rule = rule
        self.wanted = wanted
        self.helpers = helpers
    }
}

/// A hard rule and how many it excluded.
public struct RuleExclusion: Codable, Sendable, Hashable {
    public var rule: String
    public var count: Int

    public init(rule: String, count: Int) {
        self.rule = rule
        self.count = count
    }
}

/// One candidate and the terms of his score; the lowest total is best.
public struct CandidateScore: Codable, Sendable, Hashable {
    public var engineerId: UUID
    public var total: Int
    public var terms: [ScoreTerm]

    public init(engineerId: UUID, total: Int, terms: [ScoreTerm] = []) {
        self.engineerId = engineerId
        self.total = total
        self.terms = terms
    }
}

/// One soft rule's share in a score.
public struct ScoreTerm: Codable, Sendable, Hashable {
    public var rule: String
    public var cost: Int

    public init(rule: String, cost: Int) {
        self.rule = rule
        self.cost = cost
    }
}
