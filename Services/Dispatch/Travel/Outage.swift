/// How long to leave a service alone that has failed: 5 s, twice as long after each further failure, at most 5 minutes.
/// So a service that is down costs one question now and then, and is found again when it is back.
struct Outage: Sendable {
    private var failures = 0
    private var until: ContinuousClock.Instant?

    private static let first = Duration.seconds(5)
    private static let longest = Duration.seconds(300)

    func mayAsk(at moment: ContinuousClock.Instant) -> Bool { until.map { moment >= $0 } ?? true }

    /// True when it was in order before.
    mutating func failed(at moment: ContinuousClock.Instant) -> Bool {
        failures += 1
        until = moment + min(Self.longest, Self.first * (1 << min(failures - 1, 10)))
        return failures == 1
    }

    /// It has answered. True when it had failed before.
    mutating func end() -> Bool {
        defer { self = Outage() }
        return failures > 0
    }
}
