import FoundationEssentials

/// Publishes a rule set: from now on dispatch decides by it.
public struct SetRules: Command, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "set-rules"

    public var rules: DispatchRules
    /// The version that the author had before him; refused when another one has been published since.
    public var expectedVersion: Int?

    public init(rules: DispatchRules, expectedVersion: Int? = nil) {
        self.rules = rules
        self.expectedVersion = expectedVersion
    }
}

/// Dispatch decides by another rule set. Subject `rule-book/<id>`.
public struct RulesChanged: Event, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "rules-changed"

    public var ruleSetVersion: Int
    public var name: String
    public var changedAt: Date

    public init(ruleSetVersion: Int, name: String, changedAt: Date) {
        self.ruleSetVersion = ruleSetVersion
        self.name = name
        self.changedAt = changedAt
    }
}
