import FoundationEssentials

/// Why these engineers and no others: what dispatch decided about a work order, the newest twenty decisions of the rules
/// and of people each.
public struct DecisionsQuery: Query, Equatable {
    public typealias Reply = DecisionsAnswer
    public static let service = ServiceName.dispatch
    public static let wireName = "decisions"

    public var workOrderId: UUID
    /// Only what was found about this engineer; nil for all.
    public var engineerId: UUID?

    public init(workOrderId: UUID, engineerId: UUID? = nil) {
        self.workOrderId = workOrderId
        self.engineerId = engineerId
    }
}

/// Decisions, oldest first.
public struct DecisionsAnswer: Codable, Sendable, Equatable {
    public var decisions: [DecisionView]

    public init(decisions: [DecisionView] = []) {
        self.decisions = decisions
    }
}

/// One decision, and what was found about everybody.
public struct DecisionView: Codable, Sendable, Hashable {
    public var decidedAt: Date
    public var round: Int
    public var ruleSetVersion: Int
    /// Nil when nobody might go.
    public var assignmentId: UUID?
    public var engineerId: UUID?
    /// The hard rule that excluded the last candidates, when nobody might go.
    public var emptiedBy: String?
    /// The smallest change that would let somebody go, when nobody might: as code and parameters.
    public var nearestRelaxation: CodedReason?
    /// Set where the day plan handed the visit over: minutes of travel that all its changes together save.
    public var daySavedMinutes: Int?
    /// Set where others' visits gave way to it: how many begin at another time, or are somebody else's.
    public var visitsMoved: Int?
    /// Set where the visit was handed over to make room: the number of the work order that needed it.
    public var madeRoomFor: String?
    /// How many engineers there were.
    public var considered: Int
    /// Those who might go first, by cost; then the others.
    public var verdicts: [EngineerVerdict]
    /// Set where several engineers go.
    public var crew: CrewExplanation?

    public init(
        decidedAt: Date, round: Int, ruleSetVersion: Int, assignmentId: UUID? = nil, engineerId: UUID? = nil,
        emptiedBy: String? = nil, nearestRelaxation: CodedReason? = nil, daySavedMinutes: Int? = nil,
        visitsMoved: Int? = nil, madeRoomFor: String? = nil, considered: Int, verdicts: [EngineerVerdict] = [],
        crew: CrewExplanation? = nil
    ) {
        self.decidedAt = decidedAt
        self.round = round
        self.ruleSetVersion = ruleSetVersion
        self.assignmentId = assignmentId
        self.engineerId = engineerId
        self.emptiedBy = emptiedBy
        self.nearestRelaxation = nearestRelaxation
        self.daySavedMinutes = daySavedMinutes
        self.visitsMoved = visitsMoved
        self.madeRoomFor = madeRoomFor
        self.considered = considered
        self.verdicts = verdicts
        self.crew = crew
    }
}

/// What was found about one engineer: the rule that excludes him, or what he would cost.
public struct EngineerVerdict: Codable, Sendable, Hashable {
    public var engineerId: UUID
    public var name: String
    public var excludedBy: String?
    /// When he could begin.
    public var start: Date?
    public var total: Int?
    public var terms: [ScoreTerm]

    public init(
        engineerId: UUID, name: String, excludedBy: String? = nil, start: Date? = nil, total: Int? = nil,
        terms: [ScoreTerm] = []
    ) {
        self.engineerId = engineerId
        self.name = name
        self.excludedBy = excludedBy
        self.start = start
        self.total = total
        self.terms = terms
    }
}
