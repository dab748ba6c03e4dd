import Foundation

/// Points at which a fault test may have the process die as if killed: `MENDLOOP_CRASH_POINT=after-commit:3` dies at the
/// third passing. Outside such tests the variable is not set and nothing happens.
package enum CrashPoint: String, CaseIterable, Sendable {
    /// Messages have been taken from a queue; nothing is decided.
    case afterConsume = "after-consume"
    /// What follows from them is committed, and they are not acknowledged.
    case afterCommit = "after-commit"
    /// They are acknowledged, and who asked has no answer.
    case beforeReply = "before-reply"
    /// Events of the outbox are on their way to the broker; no confirm has been waited for.
    case afterPublish = "after-publish"
    /// The broker has confirmed them; their rows are still there.
    case afterConfirm = "after-confirm"

    /// The environment variable that names a point, and after a colon the passing that counts; the first by default.
    package static let variable = "MENDLOOP_CRASH_POINT"

    private static let wanted: (point: CrashPoint, countdown: CrashCountdown)? = {
        let parts = (ProcessInfo.processInfo.environment[variable] ?? "").split(separator: ":")
        guard let point = parts.first.flatMap({ CrashPoint(rawValue: String($0)) }) else { return nil }
        return (point, CrashCountdown(parts.count > 1 ? Int(parts[1]) ?? 1 : 1))
    }()

    @Sendable func mayCrash() {
        guard let wanted = Self.wanted, wanted.point == self, wanted.countdown.isDown() else { return }
        kill(getpid(), SIGKILL)
    }
}
