import FoundationEssentials

/// Replaces the times at which an engineer is away. What he was to do then is given to others at once; what he has begun
/// stays his.
public struct SetLeave: Command, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "set-leave"

    public var engineerId: UUID
    /// All that are known, at most 200; none means that he is back.
    public var absences: [Absence]
    /// The engineer's version, as of `register-engineer`.
    public var expectedVersion: Int?

    public init(engineerId: UUID, absences: [Absence] = [], expectedVersion: Int? = nil) {
        self.engineerId = engineerId
        self.absences = absences
        self.expectedVersion = expectedVersion
    }
}

/// When an engineer is away is known, or has changed. Subject `engineer/<id>`.
public struct EngineerAbsent: Event, Equatable {
    public static let service = ServiceName.dispatch
    public static let wireName = "engineer-absent"

    public var engineerId: UUID
    public var absences: [Absence]
    /// How many visits were taken from him.
    public var visitsGivenAway: Int
    public var changedAt: Date

    public init(engineerId: UUID, absences: [Absence] = [], visitsGivenAway: Int, changedAt: Date) {
        self.engineerId = engineerId
        self.absences = absences
        self.visitsGivenAway = visitsGivenAway
        self.changedAt = changedAt
    }
}
