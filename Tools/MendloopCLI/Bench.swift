import ArgumentParser
import Benchmarking
import Foundation
import Logging

/// How fast it is, as ratios to what the same machine gives others in the same run; docs/benchmarks.md.
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure, beside what this machine gives plain C and FastStream.",
        subcommands: [Hops.self, Loop.self, Copies.self, Decisions.self, Clocks.self, Search.self])

    struct Shared: ParsableArguments {
        @Option(name: .long, help: "The folder of the private PostgreSQL and RabbitMQ that is measured on.")
        var folder = ".mendloop-bench"

        @Option(name: .long, help: "Also write every sample to this file, as JSON.")
        var json: String?

        @Flag(name: .long, help: "Leave FastStream out: nothing is fetched from PyPI.")
        var noFaststream = false

        /// Only warnings of what runs inside this process: a line a message would be measured too.
        func quiet() {
            LoggingSystem.bootstrap { label in
                var handler = StreamLogHandler.standardError(label: label)
                handler.logLevel = .warning
                return handler
            }
            #if DEBUG
                Terminal.note("this is a debug build: its figures mean nothing; say ./mendloop bench")
            #endif
        }

        func write(_ report: some Encodable) throws {
            guard let json else { return }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try encoder.encode(report).write(to: URL(fileURLWithPath: json))
        }
    }

    struct Hops: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Our publisher, consumer and one hop, beside C over the same libraries and FastStream.")

        @OptionGroup var shared: Shared

        @Option(name: .long, help: "How long one measurement takes, roughly.")
        var seconds = 5.0

        @Option(name: .long, help: "How many rounds; medians count.")
        var rounds = 3

        func validate() throws {
            guard seconds > 0, (1...100).contains(rounds) else {
                throw ValidationError("--seconds is above 0, --rounds from 1 to 100")
            }
        }

        func run() async throws {
            shared.quiet()
            var bench = HopsBench(folder: shared.folder)
            bench.seconds = seconds
            bench.rounds = rounds
            bench.withFastStream = !shared.noFaststream
            let figures = try await bench.run { Terminal.note($0) }
            print(FigureTable(figures, peers: ["C", "FastStream"]).text)
            try shared.write(figures)
        }
    }
}
