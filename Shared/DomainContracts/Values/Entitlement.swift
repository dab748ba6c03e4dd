import FoundationEssentials

/// What the customer is entitled to for this order, and why (domain.md §3 entitlement).
public struct Entitlement: Codable, Sendable, Hashable {
    public var kind: EntitlementKind
    public var contractId: UUID?
    public var contractNumber: String?
    public var cover: Cover
    public var responseLevel: ResponseLevel
    /// Which clause decided; where several did, that.
    public var reason: CodedReason
    /// Every contract and warranty that applied, the first named first, with what each decided; absent where none did.
    /// What a dispute gave beyond them is in `cover` alone.
    public var clauses: [EntitlementClause]?

    public init(
        kind: EntitlementKind, contractId: UUID? = nil, contractNumber: String? = nil, cover: Cover,
        responseLevel: ResponseLevel, reason: CodedReason, clauses: [EntitlementClause]? = nil
    ) {
        self.kind = kind
        self.contractId = contractId
        self.contractNumber = contractNumber
        self.cover = cover
        self.responseLevel = responseLevel
        self.reason = reason
        self.clauses = clauses
    }
}

/// What is free of charge. Misuse never is.
public struct Cover: Codable, Sendable, Hashable {
    public var labour: Bool
    public var parts: Bool
    public var travel: Bool

    public init(labour: Bool, parts: Bool, travel: Bool) {
        self.labour = labour
        self.parts = parts
        self.travel = travel
    }

    public static let nothing = Cover(labour: false, parts: false, travel: false)

    /// Free of charge by either.
    public func union(_ other: Cover) -> Cover {
        Cover(labour: labour || other.labour, parts: parts || other.parts, travel: travel || other.travel)
    }
}
