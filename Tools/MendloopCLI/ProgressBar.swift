import Foundation
import Synchronization

/// How far something is: one line that moves on a terminal, a new line every ten seconds elsewhere.
final class ProgressBar: Sendable {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let last = Mutex<ContinuousClock.Instant?>(nil)

    /// - Parameter share: how much is done, 0 to 1.
    func show(_ share: Double, _ text: @autoclosure () -> String) {
        let now = ContinuousClock.now
        let pause: Duration = isTerminal ? .milliseconds(100) : .seconds(10)
        let isDue = last.withLock { last in
            if let last, now - last < pause { return false }
            last = now
            return true
        }
        guard isDue else { return }
        write(isTerminal ? "\r\u{1b}[2K\(bar(share)) \(text())" : "mendloop: \(text())\n")
    }

    /// Leaves the terminal's line.
    func finish() {
        if isTerminal { write("\r\u{1b}[2K") }
    }

    private func bar(_ share: Double) -> String {
        let filled = max(0, min(24, Int(share * 24)))
        return String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
