import FoundationEssentials

/// The rule set that dispatch decides by, or an earlier one.
public struct RulesQuery: Query, Equatable {
    public typealias Reply = RulesAnswer
    public static let service = ServiceName.dispatch
    public static let wireName = "rules"

    /// Nil: the one in force.
    public var ruleSetVersion: Int?

    public init(ruleSetVersion: Int? = nil) {
        self.ruleSetVersion = ruleSetVersion
    }
}

/// A rule set and its version.
public struct RulesAnswer: Codable, Sendable, Equatable {
    /// 1 is the one that comes with Mendloop.
    public var ruleSetVersion: Int
    /// Nil when there is no such version.
    public var rules: DispatchRules?
    public var publishedAt: Date?
    public var publishedBy: String?

    public init(
        ruleSetVersion: Int, rules: DispatchRules? = nil, publishedAt: Date? = nil, publishedBy: String? = nil
    ) {
        self.ruleSetVersion = ruleSetVersion
        self.rules = rules
        self.publishedAt = publishedAt
        self.publishedBy = publishedBy
    }
}

/// What a period's work orders would have become under another rule set; changes nothing.
///
/// Both the draft and the rules in force are replayed over the same orders, engineers and bookings, each order at the time
/// it came: what differs is due to the rules alone.
public struct SimulateRules: Query, Equatable {
    public typealias Reply = RulesSimulated
    public static let service = ServiceName.dispatch
    public static let wireName = "simulate-rules"

    /// Nil for the rules in force: nothing differs then.
    public var rules: DispatchRules?
    public var from: Date?
    public var to: Date?

    public init(rules: DispatchRules? = nil, from: Date? = nil, to: Date? = nil) {
        self.rules = rules
        self.from = from
        self.to = to
    }
}

/// The dry run of a rule set.
public struct RulesSimulated: Codable, Sendable, Equatable {
    /// Work orders that needed somebody in the period, and were replayed.
    public var workOrders: Int
    /// More than `mostWorkOrders` came; the first were replayed.
    public var isCutOff: Bool
    /// How many would go to somebody else, or to nobody, or to somebody instead of nobody.
    public var elsewhere: Int
    public var current: SimulatedOutcome
    public var draft: SimulatedOutcome
    public var engineers: [SimulatedEngineer]
    /// Some of those that would go elsewhere.
    public var examples: [SimulatedMove]
    /// What is wrong with the draft; then nothing was replayed.
    public var errors: [FieldProblem]

    public static let mostWorkOrders = 5_000

    public init(
        workOrders: Int, isCutOff: Bool, elsewhere: Int, current: SimulatedOutcome, draft: SimulatedOutcome,
        engineers: [SimulatedEngineer] = [], examples: [SimulatedMove] = [], errors: [FieldProblem] = []
    ) {
        self.workOrders = workOrders
        self.isCutOff = isCutOff
        self.elsewhere = elsewhere
        self.current = current
        self.draft = draft
        self.engineers = engineers
        self.examples = examples
        self.errors = errors
    }
}

/// What one rule set makes of all the orders.
public struct SimulatedOutcome: Codable, Sendable, Hashable {
    public var assigned: Int
    /// Nobody may go.
    public var impossible: Int
    /// All ways of all days, from home and back.
    public var travelMinutes: Int
    /// Of the orders with an arrival time promised, how many would be reached by then.
    public var arrivalsDue: Int
    public var arrivalsMet: Int
    /// From the report to the proposed start, mean over those assigned.
    public var meanWaitMinutes: Int
    /// Visits of the engineer who has most, and of the one who has fewest.
    public var mostVisits: Int
    public var fewestVisits: Int

    public init(
        assigned: Int, impossible: Int, travelMinutes: Int, arrivalsDue: Int, arrivalsMet: Int, meanWaitMinutes: Int,
        mostVisits: Int, fewestVisits: Int
    ) {
        self.assigned = assigned
        self.impossible = impossible
        self.travelMinutes = travelMinutes
        self.arrivalsDue = arrivalsDue
        self.arrivalsMet = arrivalsMet
        self.meanWaitMinutes = meanWaitMinutes
        self.mostVisits = mostVisits
        self.fewestVisits = fewestVisits
    }
}

/// What an engineer would have had to do under both.
public struct SimulatedEngineer: Codable, Sendable, Hashable {
    public var engineerId: UUID
    public var name: String
    public var currentVisits: Int
    public var draftVisits: Int
    public var currentMinutes: Int
    public var draftMinutes: Int

    public init(
        engineerId: UUID, name: String, currentVisits: Int, draftVisits: Int, currentMinutes: Int, draftMinutes: Int
    ) {
        self.engineerId = engineerId
        self.name = name
        self.currentVisits = currentVisits
        self.draftVisits = draftVisits
        self.currentMinutes = currentMinutes
        self.draftMinutes = draftMinutes
    }
}

/// A work order that would go elsewhere; nil is nobody.
public struct SimulatedMove: Codable, Sendable, Hashable {
    public var workOrderNumber: String
    public var from: UUID?
    public var to: UUID?

    public init(workOrderNumber: String, from: UUID? = nil, to: UUID? = nil) {
        self.workOrderNumber = workOrderNumber
        self.from = from
        self.to = to
    }
}
