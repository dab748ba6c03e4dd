import Foundation
import Simulation
import Synchronization

/// How far a simulation is: one line that moves on a terminal, a new line every ten seconds elsewhere.
final class ProgressLine: Sendable {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let last = Mutex<ContinuousClock.Instant?>(nil)
    private let began = Mutex<Date?>(nil)

    func show(_ progress: SimulationProgress) {
        let now = ContinuousClock.now
        let isDue = last.withLock { last in
            if !isTerminal, let last, now - last < .seconds(10) { return false }
            last = now
            return true
        }
        guard isDue else { return }
        let began = began.withLock { began in
            began = began ?? progress.domainTime
            return began ?? progress.domainTime
        }
        let hours = Int(progress.domainTime.timeIntervalSince(began) / 3600)
        let text: String =
            switch progress.phase {
            case .setup: "engineers, stock and contracts are being set up"
            case .settling: "\(progress.closed) orders ended; settling"
            case .running:
                "day \(hours / 24 + 1), \(hours % 24) h: \(progress.published) reports, \(progress.opened) orders, "
                    + "\(progress.closed) ended"
            }
        write(isTerminal ? "\r\u{1b}[2K\(bar(progress)) \(text)" : "mendloop: \(text)\n")
    }

    /// Leaves the terminal's line.
    func finish() {
        if isTerminal { write("\r\u{1b}[2K") }
    }

    private func bar(_ progress: SimulationProgress) -> String {
        let total = max(progress.reports, progress.opened, 1)
        let filled = min(24, progress.closed * 24 / total)
        return String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
