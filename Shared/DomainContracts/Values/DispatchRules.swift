/// A dispatch rule set 派工规则 as people write it: who may go, and what a choice costs. docs/rules.md explains each part.
///
/// Conditions and costs are JsonLogic over `workOrder`, `customer`, `device`, `entitlement` and `engineer`.
public struct DispatchRules: Codable, Sendable, Hashable {
    public var name: String
    /// Whoever breaks one of these may not go. That he is excluded, was tried, has no shift or no free time holds always.
    public var hard: [HardDispatchRule]
    /// The lowest sum wins.
    public var soft: [SoftDispatchRule]
    /// Which orders take several engineers at once; of several rules the one that asks for most counts.
    public var crew: [CrewDispatchRule]?

    public init(
        name: String, hard: [HardDispatchRule] = [], soft: [SoftDispatchRule] = [], crew: [CrewDispatchRule]? = nil
    ) {
        self.name = name
        self.hard = hard
        self.soft = soft
        self.crew = crew
    }
}

/// A hard rule: `skill`, `territory`, or one of the company's own.
public struct HardDispatchRule: Codable, Sendable, Hashable {
    /// Its code, which explanations name.
    public var rule: String
    /// The rule holds only where this does; always when absent.
    public var when: JSONValue?
    /// What the engineer must fulfil; of own rules only.
    public var must: JSONValue?

    public init(rule: String, when: JSONValue? = nil, must: JSONValue? = nil) {
        self.rule = rule
        self.when = when
        self.must = must
    }
}

/// A soft rule: a measure such as `travel`, with what a unit of it costs, or one of the company's own, with what it costs.
public struct SoftDispatchRule: Codable, Sendable, Hashable {
    public var rule: String
    public var when: JSONValue?
    public var cost: JSONValue

    public init(rule: String, when: JSONValue? = nil, cost: JSONValue) {
        self.rule = rule
        self.when = when
        self.cost = cost
    }
}

/// A crew rule: such orders take several engineers at once, a lead and his helpers 协作人员.
public struct CrewDispatchRule: Codable, Sendable, Hashable {
    /// Its code, which explanations name.
    public var rule: String
    /// The rule holds only where this does; always when absent.
    public var when: JSONValue?
    /// How many go, the lead among them, 2…6.
    public var engineers: Int
    /// What each helper must be able to do; the lead needs what the order requires.
    public var helperSkills: [SkillLevel]?

    public init(rule: String, when: JSONValue? = nil, engineers: Int, helperSkills: [SkillLevel]? = nil) {
        self.rule = rule
        self.when = when
        self.engineers = engineers
        self.helperSkills = helperSkills
    }
}
