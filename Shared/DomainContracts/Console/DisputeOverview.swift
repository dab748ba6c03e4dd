import FoundationEssentials

/// A dispute about what a work order is charged for.
public struct DisputeOverview: Codable, Sendable, Hashable {
    public var disputeId: UUID
    public var status: DisputeStatus
    public var reason: DisputeReason
    public var statement: String
    /// How many files were handed in with it.
    public var evidence: Int
    public var openedAt: Date
    public var decideBy: Date
    public var endedAt: Date?
    public var decisionReason: String?
    /// What the order is entitled to since.
    public var entitlement: Entitlement

    public init(
        disputeId: UUID, status: DisputeStatus, reason: DisputeReason, statement: String, evidence: Int,
        openedAt: Date, decideBy: Date, endedAt: Date? = nil, decisionReason: String? = nil, entitlement: Entitlement
    ) {
        self.disputeId = disputeId
        self.status = status
        self.reason = reason
        self.statement = statement
        self.evidence = evidence
        self.openedAt = openedAt
        self.decideBy = decideBy
        self.endedAt = endedAt
        self.decisionReason = decisionReason
        self.entitlement = entitlement
    }
}
