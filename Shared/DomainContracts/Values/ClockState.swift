import FoundationEssentials

/// One SLA clock as it stands.
public struct ClockState: Codable, Sendable, Hashable {
    public var clock: ClockKind
    public var status: ClockStatus
    /// Seconds of calendar time allowed.
    public var targetSeconds: Int
    public var startedAt: Date
    /// When it runs out if nothing pauses it; nil while paused, stopped or void.
    public var dueAt: Date?
    public var stoppedAt: Date?
    /// Time taken out by pauses so far, seconds.
    public var pausedSeconds: Int

    public init(
        clock: ClockKind, status: ClockStatus, targetSeconds: Int, startedAt: Date, dueAt: Date? = nil,
        stoppedAt: Date? = nil, pausedSeconds: Int
    ) {
        self.clock = clock
        self.status = status
        self.targetSeconds = targetSeconds
        self.startedAt = startedAt
        self.dueAt = dueAt
        self.stoppedAt = stoppedAt
        self.pausedSeconds = pausedSeconds
    }
}
