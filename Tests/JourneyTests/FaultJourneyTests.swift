import Foundation
import LocalStack
import ServiceKit
import ServiceTesting
import Simulation
import Synchronization
import Testing

@Suite("The closed loop under faults", .slow, .serialized)
struct FaultJourneyTests {
    /// What is killed, in turn, while orders are on their way.
    enum Victim: String, CaseIterable, Sendable {
        case intake, dispatch, fieldService, inventory, billing, feedback, broker, database
    }

    @Test("killing each service and each server in turn loses nothing and does nothing twice")
    func kills() async throws {
        let count = TestTier.current == .soak ? 2000 : 80
        let installation = try await Installation.start()
        let progress = Mutex(0)
        let configuration = try installation.configuration(count: count, seed: 11)
        let run = Task {
            try await Simulation.run(configuration) { now in progress.withLock { $0 = now.closed } }
        }
        for (index, victim) in Victim.allCases.enumerated() {
            // Spread over the run: each kill comes when a further share of the orders has ended.
            let share = count * (index + 1) / (Victim.allCases.count + 6)
            try await eventually(within: .seconds(600), "\(share) orders have ended") {
                progress.withLock { $0 } >= share
            }
            try await kill(victim, in: installation)
        }
        let result = try await run.value
        #expect(result.differences == [])
        #expect(result.isComplete, "unfinished: \(result.unfinished)")
        try await installation.stop()
    }

    private func kill(_ victim: Victim, in installation: Installation) async throws {
        switch victim {
        case .broker:
            try await installation.stack.broker.kill()
            try await installation.stack.broker.start()
        case .database:
            try await installation.stack.database.kill()
            try await installation.stack.database.start()
        case .intake, .dispatch, .fieldService, .inventory, .billing, .feedback:
            let service = try #require(
                LocalService.allCases.first { $0.rawValue.replacing("-", with: "") == victim.rawValue.lowercased() })
            try await installation.services.kill(service)
            try await installation.services.start(service)
        }
    }
}
