import Simulation
import Testing

@Suite("The closed loop", .slow, .serialized)
struct LoopJourneyTests {
    @Test("reports become closed, settled, rated work orders, and every line of the reconciliation holds")
    func loop() async throws {
        let installation = try await Installation.start()
        let result = try await Simulation.run(try installation.configuration(count: 60, seed: 7))
        #expect(result.differences == [])
        #expect(result.isComplete, "unfinished: \(result.unfinished)")
        try await installation.stop()
    }
}
