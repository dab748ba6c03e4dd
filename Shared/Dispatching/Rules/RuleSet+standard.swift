import DomainContracts

extension RuleSet {
    /// The rules that come with Mendloop, version 1. A minute of travel costs as much as twenty minutes of a p3
    /// customer's waiting: dearer travel saves little more of it and makes everybody wait.
    public static let standardDocument = DispatchRules(
        name: "standard",
        hard: [HardDispatchRule(rule: "skill"), HardDispatchRule(rule: "territory")],
        soft: [
            SoftDispatchRule(rule: "travel", cost: .int(4)), SoftDispatchRule(rule: "load", cost: .int(1)),
            SoftDispatchRule(rule: "sla_slack", cost: .int(4)), SoftDispatchRule(rule: "waiting", cost: .int(1)),
            SoftDispatchRule(rule: "preferred", cost: .int(40_000)), SoftDispatchRule(rule: "wish", cost: .int(2_000)),
            SoftDispatchRule(rule: "continuity", cost: .int(60)),
        ])

    /// What a dispatcher with a map does: of those who are free soon, whoever lives nearest. To compare others with.
    public static let nearestDocument = DispatchRules(
        name: "nearest",
        hard: standardDocument.hard,
        soft: [
            SoftDispatchRule(rule: "distance", cost: .int(4)), SoftDispatchRule(rule: "waiting", cost: .int(1)),
        ])

    public static let standardVersion = 1
}
