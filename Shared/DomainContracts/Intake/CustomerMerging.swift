import FoundationEssentials

/// Says that two customers are one: reports and devices of the first count for the second from now on. Nothing is lost:
/// `unmerge-customers` takes it back.
public struct MergeCustomers: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "merge-customers"

    public var customerId: UUID
    /// Who stands for both; not merged himself.
    public var intoCustomerId: UUID
    public var reason: String?

    public init(customerId: UUID, intoCustomerId: UUID, reason: String? = nil) {
        self.customerId = customerId
        self.intoCustomerId = intoCustomerId
        self.reason = reason
    }
}

/// Takes a merge back: what was the customer's before is his again; what was reported meanwhile stays with the other.
public struct UnmergeCustomers: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "unmerge-customers"

    /// The customer who was merged into another.
    public var customerId: UUID
    public var reason: String?

    public init(customerId: UUID, reason: String? = nil) {
        self.customerId = customerId
        self.reason = reason
    }
}

/// How a report's customer or device was recognised.
public struct PartyMatch: Codable, Sendable, Hashable {
    public var rule: MatchRule
    /// How sure the rule is, per cent.
    public var confidence: Int

    public init(rule: MatchRule, confidence: Int) {
        self.rule = rule
        self.confidence = confidence
    }
}
