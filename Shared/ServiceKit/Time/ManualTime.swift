import FoundationEssentials
import Synchronization

/// The hands of a clock that stands still, for tests and for replays: its owner moves them, all readers agree.
public final class ManualTime: Sendable {
    private let instant: Mutex<Date>

    /// Starts at `instant`; by default 2026-11-21 01:12:00 UTC, so that a test reads the same every day.
    public init(_ instant: Date = Date(timeIntervalSince1970: 1_795_223_520)) {
        self.instant = Mutex(instant)
    }

    /// Where the hands stand.
    public var now: Date {
        instant.withLock { $0 }
    }

    /// Moves the hands forward (or back, with a negative duration).
    public func advance(by duration: Duration) {
        let (seconds, attoseconds) = duration.components
        instant.withLock { $0 = $0.addingTimeInterval(Double(seconds) + Double(attoseconds) / 1e18) }
    }

    /// Puts the hands at an instant.
    public func set(_ new: Date) {
        instant.withLock { $0 = new }
    }
}
