import FoundationEssentials

/// Room that a branch's day has for a job which nobody could begin in time otherwise: other visits give way, each within
/// what its customer was promised.
public struct Room: Sendable {
    public let engineerId: UUID
    public let span: Span
    /// From the stop before, or from home.
    public let travelMinutes: Int
    /// How the others give way.
    public let plan: DayPlan
}
