import Foundation

/// Points at which a fault test may have the process die as if killed: `MENDLOOP_CRASH_POINT=after-commit:3` dies at the
/// third passing. Outside such tests the variable is not set and nothing happens.
enum CrashPoint: String, Sendable {
    case afterConsume = "after-consume"
    case afterCommit = "after-commit"
    case afterPublish = "after-publish"
    case afterConfirm = "after-confirm"

    private static let wanted: (point: CrashPoint, countdown: CrashCountdown)? = {
        let parts = (ProcessInfo.processInfo.environment["MENDLOOP_CRASH_POINT"] ?? "").split(separator: ":")
        guard let point = parts.first.flatMap({ CrashPoint(rawValue: String($0)) }) else { return nil }
        return (point, CrashCountdown(parts.count > 1 ? Int(parts[1]) ?? 1 : 1))
    }()

    func mayCrash() {
        guard let wanted = Self.wanted, wanted.point == self, wanted.countdown.isDown() else { return }
        kill(getpid(), SIGKILL)
    }
}
