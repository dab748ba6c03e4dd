/// What a waiter wants to hear about its descriptor.
public enum Interest: Sendable {
    case read
    case write
    case readWrite
}

/// Why a wait ended. Several may hold at once, except `timedOut` and `interrupted`, which come alone.
public struct Readiness: OptionSet, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// A read will not block.
    public static let readable = Readiness(rawValue: 1)
    /// A write will not block.
    public static let writable = Readiness(rawValue: 2)
    /// The peer hung up, the socket has an error, or the descriptor is not open: the next call on it will say which.
    public static let closed = Readiness(rawValue: 4)
    /// The deadline passed first.
    public static let timedOut = Readiness(rawValue: 8)
    /// Somebody called `interruptWaits(on:)`.
    public static let interrupted = Readiness(rawValue: 16)
}

/// The thread was shut down: nothing can be waited for any more.
public struct PollThreadStopped: Error {
    public init() {}
}
