import Foundation

/// How long a message that failed, or came too early, waits before it is tried again, and when it is given up.
public struct RetryLadder: Sendable {
    /// Waits after each failed attempt; one more failure makes a dead letter.
    public var afterFault: [Duration]
    /// Waits while what a message builds on has not come; a commit of that story wakes it earlier.
    public var whileEarly: [Duration]

    public static let standard = RetryLadder(
        afterFault: [.seconds(1), .seconds(5), .seconds(30), .seconds(120), .seconds(600)],
        whileEarly: Array(repeating: .seconds(1), count: 10) + Array(repeating: .seconds(10), count: 30)
            + Array(repeating: .seconds(60), count: 60))

    public init(afterFault: [Duration], whileEarly: [Duration]) {
        self.afterFault = afterFault
        self.whileEarly = whileEarly
    }

    /// Nil when the try was the last. Those that came too early and those that failed are counted apart.
    func wait(after tries: Int, early: Bool) -> Duration? {
        let steps = early ? whileEarly : afterFault
        return tries < steps.count ? steps[tries] : nil
    }

    /// After one more try of a message that may have been parked before.
    func wait(after parked: ParkedMessage?, early: Bool) -> Duration? {
        wait(after: (early ? parked?.earlyAttempts : parked?.faults) ?? 0, early: early)
    }
}
