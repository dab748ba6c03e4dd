import ArgumentParser
import Benchmarking

extension Bench {
    struct Decisions: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One dispatch decision on warm state: rules, best slots, the ten best and why.")

        @OptionGroup var shared: Shared

        @Option(name: .long, help: "How many decisions a round.")
        var decisions = 2_000

        @Option(name: .long, help: "How many rounds; medians count.")
        var rounds = 5

        @Option(name: .long, help: "Other seeds make other towns.")
        var seed: UInt64 = 1

        func validate() throws {
            guard decisions > 0, (1...100).contains(rounds) else {
                throw ValidationError("--decisions is above 0, --rounds from 1 to 100")
            }
        }

        func run() throws {
            shared.quiet()
            var bench = DecisionBench()
            bench.decisions = decisions
            bench.rounds = rounds
            bench.seed = seed
            let figures = try bench.run { Terminal.note($0) }
            print(FigureTable(figures, peers: []).text)
            try shared.write(figures)
        }
    }
}
