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

    /// Nil when the attempt was the last.
    func wait(after attempts: Int, early: Bool) -> Duration? {
        let steps = early ? whileEarly : afterFault
        return attempts < steps.count ? steps[attempts] : nil
    }
}
