import ArgumentParser
import Benchmarking

extension Bench {
    struct Clocks: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "How late SLA clocks are told, and at what cost, with many open ones beside few; and a kill in between."
        )

        @OptionGroup var shared: Shared

        @Option(name: .long, help: "How many open work orders are many.")
        var open = 100_000

        @Option(name: .long, help: "How many are few.")
        var few = 1_000

        @Option(name: .long, help: "How many come due.")
        var due = 500

        @Option(name: .long, help: "In how many seconds.")
        var seconds = 20.0

        @Option(name: .long, help: "How many rounds; medians count.")
        var rounds = 3

        func validate() throws {
            guard few > 0, open > few, due > 0, seconds > 0, (1...100).contains(rounds) else {
                throw ValidationError("--open is above --few, --due and --seconds are above 0, --rounds from 1 to 100")
            }
        }

        func run() async throws {
            shared.quiet()
            var bench = ClocksBench(folder: shared.folder)
            (bench.many, bench.few, bench.due) = (open, few, due)
            (bench.seconds, bench.rounds) = (seconds, rounds)
            let report = try await bench.run { Terminal.note($0) }
            print(report.text(few: few))
            try shared.write(report)
        }
    }
}
