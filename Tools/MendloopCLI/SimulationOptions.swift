import ArgumentParser
import Foundation
import Simulation

/// What `demo` and `simulate` are asked alike.
struct SimulationOptions: ParsableArguments {
    @Option(name: .long, help: "A CSV file after the Open Repair Data Standard; without one, a set of our own.")
    var reports: String?

    @Option(name: .long, help: "How many reports.")
    var count = 200

    @Option(name: .long, help: "Every decision of the people outside follows from it.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "How many engineers; chosen for the count when left out.")
    var engineers: Int?

    @Option(name: .long, help: "Write the result to this file.")
    var json: String?

    func validate() throws {
        guard (1...1_000_000).contains(count) else { throw ValidationError("--count is a number from 1 to 1000000") }
        if let engineers, !(24...2_000).contains(engineers) {
            throw ValidationError("--engineers is a number from 24 to 2000")
        }
        if let reports, !FileManager.default.isReadableFile(atPath: reports) {
            throw ValidationError("\(reports) cannot be read")
        }
    }

    var source: SimulationConfiguration.Reports { reports.map { .openRepair(file: $0) } ?? .builtIn }

    /// Plays, reports, and throws exit code 1 when a line of the reconciliation does not hold.
    func play(_ configuration: SimulationConfiguration) async throws {
        let line = ProgressLine()
        let result = try await Simulation.run(configuration) { line.show($0) }
        line.finish()
        print(ManagerReport(result).text)
        if let json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try encoder.encode(result).write(to: URL(fileURLWithPath: json), options: .atomic)
        }
        if !result.holds { throw ExitCode(1) }
    }
}
