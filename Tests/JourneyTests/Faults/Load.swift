import ServiceTesting
import Simulation
import Synchronization

/// A run of the simulator, and how far it is: what is on its way while faults come.
struct Load: Sendable {
    private let count: Int
    private let seen: Seen
    private let run: Task<SimulationResult, any Error>

    static func start(_ configuration: SimulationConfiguration) -> Load {
        let seen = Seen()
        let run = Task {
            try await Simulation.run(configuration) { now in seen.progress.withLock { $0 = now } }
        }
        return Load(count: configuration.count, seen: seen, run: run)
    }

    /// Waits until so much has happened, 0…1: that a report is sent is half of its story, that its order ends the other.
    func reaches(_ share: Double) async throws {
        let steps = Int(share * Double(2 * count))
        try await eventually(within: .seconds(900), "\(steps) of \(2 * count) reports have been sent or orders ended") {
            seen.progress.withLock { $0.map { $0.published + $0.closed >= steps } ?? false }
        }
    }

    /// Whether orders are still on their way: a fault after that would try nothing.
    var isRunning: Bool { seen.progress.withLock { $0?.phase != .settling } }

    /// What the run came to.
    func result() async throws -> SimulationResult { try await run.value }

    func cancel() { run.cancel() }

    private final class Seen: Sendable {
        let progress = Mutex<SimulationProgress?>(nil)
    }
}
