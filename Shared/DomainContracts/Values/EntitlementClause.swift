import FoundationEssentials

/// One contract or warranty that applied to an order, what it gives by itself, and what it decided.
public struct EntitlementClause: Codable, Sendable, Hashable {
    public var kind: EntitlementKind
    public var contractId: UUID?
    public var contractNumber: String?
    public var contractType: ContractType?
    /// What it makes free for this type of service.
    public var cover: Cover
    public var responseLevel: ResponseLevel
    public var reason: CodedReason
    /// What the order has from it; empty where others gave as much.
    public var decided: [EntitlementMatter]

    public init(
        kind: EntitlementKind, contractId: UUID? = nil, contractNumber: String? = nil,
        contractType: ContractType? = nil, cover: Cover, responseLevel: ResponseLevel, reason: CodedReason,
        decided: [EntitlementMatter] = []
    ) {
        self.kind = kind
        self.contractId = contractId
        self.contractNumber = contractNumber
        self.contractType = contractType
        self.cover = cover
        self.responseLevel = responseLevel
        self.reason = reason
        self.decided = decided
    }
}

/// What an entitlement says about an order.
public struct EntitlementMatter: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Without its response level the order would have another priority.
    public static let priority = EntitlementMatter(rawValue: "priority")
    /// And by it the targets of the clocks.
    public static let responseLevel = EntitlementMatter(rawValue: "response_level")
    public static let labour = EntitlementMatter(rawValue: "labour")
    public static let parts = EntitlementMatter(rawValue: "parts")
    public static let travel = EntitlementMatter(rawValue: "travel")

    public static let known: [Self] = [.priority, .responseLevel, .labour, .parts, .travel]
}
