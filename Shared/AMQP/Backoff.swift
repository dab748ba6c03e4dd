/// How long to wait before the next attempt: it doubles from `initial` to `maximum`, and each delay is drawn between half
/// of that and all of it, so that many clients of one broker do not come back in step.
public struct Backoff: Sendable, Equatable {
    public let initial: Duration
    public let maximum: Duration

    public init(initial: Duration, maximum: Duration) {
        self.initial = initial
        self.maximum = maximum
    }

    /// From 100 ms to 1 s: a broker that is back is found within a second, and a handful of attempts a second hurts nobody.
    public static let `default` = Backoff(initial: .milliseconds(100), maximum: .seconds(1))

    /// The delay before attempt `attempt` (0 is the first repetition).
    public func delay(attempt: Int, using generator: inout some RandomNumberGenerator) -> Duration {
        var full = initial
        for _ in 0..<max(0, min(attempt, 62)) where full < maximum {
            full *= 2
        }
        return min(full, maximum) * Double.random(in: 0.5...1, using: &generator)
    }

    func delay(attempt: Int) -> Duration {
        var generator = SystemRandomNumberGenerator()
        return delay(attempt: attempt, using: &generator)
    }
}
