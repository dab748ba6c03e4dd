import FoundationEssentials

/// Nobody may go to a work order 无人可派: which rule emptied the list, and what the nearest relaxation would be.
public struct DispatchImpasse: Codable, Sendable, Hashable {
    public var round: Int
    /// The hard rule that excluded the last candidates.
    public var emptiedBy: String
    /// The smallest change that would let somebody go, as code and parameters.
    public var nearestRelaxation: CodedReason?
    public var candidates: Int
    /// When that was found; nil where an earlier version told.
    public var decidedAt: Date?
    /// When everybody is looked at again, unless an engineer, a shift or a rule changes before.
    public var retryAt: Date

    public init(
        round: Int, emptiedBy: String, nearestRelaxation: CodedReason?, candidates: Int, decidedAt: Date?, retryAt: Date
    ) {
        self.round = round
        self.emptiedBy = emptiedBy
        self.nearestRelaxation = nearestRelaxation
        self.candidates = candidates
        self.decidedAt = decidedAt
        self.retryAt = retryAt
    }
}
