import ArgumentParser
import Benchmarking

extension Bench {
    struct Search: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Searches in a registry of a million devices, with the database's plans.")

        @OptionGroup var shared: Shared

        @Option(name: .long, help: "How many devices.")
        var devices = 1_000_000

        @Option(name: .long, help: "How many searches of each kind a round.")
        var searches = 500

        @Option(name: .long, help: "How many rounds; medians count.")
        var rounds = 3

        func validate() throws {
            guard (1_000...10_000_000).contains(devices), searches > 0, (1...100).contains(rounds) else {
                throw ValidationError("--devices is from 1000 to 10000000, --searches above 0, --rounds from 1 to 100")
            }
        }

        func run() async throws {
            shared.quiet()
            var bench = SearchBench(folder: shared.folder)
            bench.devices = devices
            bench.searches = searches
            bench.rounds = rounds
            let report = try await bench.run { Terminal.note($0) }
            print(report.text)
            try shared.write(report)
        }
    }
}
