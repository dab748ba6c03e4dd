import Foundation
import Simulation
import Synchronization

/// How far a simulation is.
final class ProgressLine: Sendable {
    private let bar = ProgressBar()
    private let began = Mutex<Date?>(nil)

    func show(_ progress: SimulationProgress) {
        let total = max(progress.reports, progress.opened, 1)
        bar.show(Double(progress.closed) / Double(total), text(progress))
    }

    /// Leaves the terminal's line.
    func finish() { bar.finish() }

    private func text(_ progress: SimulationProgress) -> String {
        let began = began.withLock { began in
            began = began ?? progress.domainTime
            return began ?? progress.domainTime
        }
        let hours = Int(progress.domainTime.timeIntervalSince(began) / 3600)
        return switch progress.phase {
        case .setup: "engineers, stock and contracts are being set up"
        case .settling: "\(progress.closed) orders ended; settling"
        case .running:
            "day \(hours / 24 + 1), \(hours % 24) h: \(progress.published) reports, \(progress.opened) orders, "
                + "\(progress.closed) ended"
        }
    }
}
