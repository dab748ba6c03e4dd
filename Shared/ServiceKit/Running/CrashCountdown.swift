import Synchronization

/// Counts passings of a crash point down to the one that counts.
final class CrashCountdown: Sendable {
    private let left: Mutex<Int>

    init(_ passings: Int) { left = Mutex(passings) }

    func isDown() -> Bool {
        left.withLock { left in
            left -= 1
            return left == 0
        }
    }
}
