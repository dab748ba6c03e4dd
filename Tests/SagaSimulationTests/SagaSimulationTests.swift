import DomainContracts
import Foundation
import ServiceTesting
import Testing

@testable import ServiceKit

/// The six services together, in memory, under a scheduler that does its worst: docs/simulation.md.
@Suite("Saga simulation")
struct SagaSimulationTests {
    @Test("seeded histories keep every invariant", arguments: Seeds.lanes)
    func histories(_ seeds: Range<UInt64>) throws {
        let definitions = try Definitions.all()
        let began = ContinuousClock.now
        var handled = 0
        var exercised: [String: Int] = [:]
        for seed in seeds {
            let history = History(seed: seed, definitions: definitions, isTraced: false)
            if let violation = try history.run() {
                Issue.record(Comment(rawValue: try Self.account(of: seed, violation, definitions)))
                return
            }
            handled += history.handled
            exercised.merge(history.exercised, uniquingKeysWith: +)
        }
        // A few histories need not see everything; a thousand must.
        if seeds.count >= 1_000 { #expect(Self.everything(in: definitions).subtracting(exercised.keys) == []) }
        if Seeds.isCounted {
            let sorted = exercised.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
            for (name, count) in sorted { print(count, name) }
        }
        let minutes = (ContinuousClock.now - began) / .seconds(60)
        let rate = Int(Double(seeds.count) / max(minutes, 0.000_01))
        print("\(seeds.count) histories, \(handled) messages, \(rate) histories a minute")
    }

    /// Every message and timer there is.
    private static func everything(in definitions: [ServiceDefinition]) -> Set<String> {
        definitions.reduce(into: []) { all, definition in
            all.formUnion(definition.routes.keys)
            all.formUnion(definition.timers.keys)
        }
    }

    /// The same history once more, written down.
    private static func account(
        of seed: UInt64, _ violation: Violation, _ definitions: [ServiceDefinition]
    ) throws -> String {
        let again = History(seed: seed, definitions: definitions, isTraced: true)
        let repeated = try again.run()
        let sameness = repeated == violation ? "" : "\nTHE REPETITION DIFFERS: \(repeated?.what ?? "nothing")"
        return """
            \(violation.what)\(sameness)
            seed \(seed), \(again.temper)
            \(again.trace.lines.suffix(Seeds.traceLength).joined(separator: "\n"))
            replay: MENDLOOP_SIMULATION_SEED=\(seed) swift test --filter SagaSimulationTests
            """
    }
}
