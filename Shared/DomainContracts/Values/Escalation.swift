import FoundationEssentials

/// Somebody higher up is told.
public struct Escalation: Codable, Sendable, Hashable {
    public var escalationId: UUID
    /// 1 the engineer, 2 the supervisor, 3 the manager.
    public var step: Int
    public var toRole: String
    public var engineerId: UUID?
    public var supervisorId: UUID?
    public var reason: CodedReason
    public var raisedAt: Date

    /// Reason of dispatch's that the customer hears of too: what was agreed with him cannot be kept. Its parameters are
    /// `windowStart` and `windowEnd`.
    public static let promiseBroken = "promise_broken"

    public init(
        escalationId: UUID, step: Int, toRole: String, engineerId: UUID? = nil, supervisorId: UUID? = nil,
        reason: CodedReason, raisedAt: Date
    ) {
        self.escalationId = escalationId
        self.step = step
        self.toRole = toRole
        self.engineerId = engineerId
        self.supervisorId = supervisorId
        self.reason = reason
        self.raisedAt = raisedAt
    }
}
