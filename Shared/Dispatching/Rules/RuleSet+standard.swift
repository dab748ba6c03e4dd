import DomainContracts

extension RuleSet {
    /// The rules that come with Mendloop, version 1. A minute of travel costs as much as forty minutes of a p3 customer's
    /// waiting: in replays dearer travel saved little more of it and made everybody wait.
    public static let standardDocument = DispatchRules(
        name: "standard",
        hard: [HardDispatchRule(rule: "skill"), HardDispatchRule(rule: "territory"), productLine],
        soft: [
            SoftDispatchRule(rule: "travel", cost: .int(8)), SoftDispatchRule(rule: "load", cost: .int(1)),
            SoftDispatchRule(rule: "sla_slack", cost: .int(8)), SoftDispatchRule(rule: "waiting", cost: .int(1)),
            partToFetch, lastResort,
        ] + toTheCustomer)

    /// What a dispatcher with a map does: of those who are free soon, whoever lives nearest. To compare others with.
    public static let nearestDocument = DispatchRules(
        name: "nearest",
        hard: standardDocument.hard,
        soft: [
            SoftDispatchRule(rule: "distance", cost: .int(8)), SoftDispatchRule(rule: "waiting", cost: .int(1)),
        ] + toTheCustomer)

    /// What is promised to the customer weighs more than any way.
    private static let toTheCustomer = [
        SoftDispatchRule(rule: "preferred", cost: .int(80_000)), SoftDispatchRule(rule: "wish", cost: .int(4_000)),
        SoftDispatchRule(rule: "continuity", cost: .int(120)),
    ]

    /// A piece that is not in the van is half an hour of travel.
    private static let partToFetch = SoftDispatchRule(rule: "missing_parts", cost: .int(240))

    /// Dearer than any night or weekend that a customer waits, and cheaper than an urgent promise that is missed by a night.
    private static let lastResort = SoftDispatchRule(rule: "overtime", cost: .int(300))

    /// Who has no product lines works on all of them; an order without a category is nobody's in particular.
    private static let productLine = HardDispatchRule(
        rule: "product_line",
        must: .object([
            "or": .array([
                .object(["!": .object(["var": .string("engineer.productLines")])]),
                .object(["!": .object(["var": .string("workOrder.category")])]),
                .object([
                    "in": .array([
                        .object(["var": .string("workOrder.category")]),
                        .object(["var": .string("engineer.productLines")]),
                    ])
                ]),
            ])
        ]))

    public static let standardVersion = 1
}
