import FoundationEssentials

/// Somebody is needed: intake says so, dispatch finds him. Rounds count up; the newest wins.
public struct DispatchNeed: Codable, Sendable, Hashable {
    public var round: Int
    public var reason: DispatchReason
    public var requiredSkills: [SkillLevel]
    /// Offered first, if he can.
    public var preferredEngineerId: UUID?
    /// Not offered in this round.
    public var excludedEngineerIds: [UUID]
    public var notBefore: Date?
    public var preferredWindows: [TimeWindow]
    /// How long the visit is thought to take, minutes.
    public var durationMinutes: Int
    /// When the arrival is due, for urgency.
    public var arrivalDueAt: Date?
    /// Parts that the visit takes, as far as they are known; nil as none.
    public var parts: [PlannedPart]?

    public init(
        round: Int, reason: DispatchReason, requiredSkills: [SkillLevel] = [], preferredEngineerId: UUID? = nil,
        excludedEngineerIds: [UUID] = [], notBefore: Date? = nil, preferredWindows: [TimeWindow] = [],
        durationMinutes: Int, arrivalDueAt: Date? = nil, parts: [PlannedPart]? = nil
    ) {
        self.round = round
        self.reason = reason
        self.requiredSkills = requiredSkills
        self.preferredEngineerId = preferredEngineerId
        self.excludedEngineerIds = excludedEngineerIds
        self.notBefore = notBefore
        self.preferredWindows = preferredWindows
        self.durationMinutes = durationMinutes
        self.arrivalDueAt = arrivalDueAt
        self.parts = parts
    }
}
