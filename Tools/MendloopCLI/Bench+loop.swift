import ArgumentParser
import Benchmarking

extension Bench {
    struct Loop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Whole lives of work orders through all six services.",
            discussion: """
                A driver plays adapter, engineers and customers as fast as answers come. Beside it, in the same run: what \
                the broker and the database give plain C, and six hops of C and of FastStream in a row.
                """)

        @OptionGroup var shared: Shared

        @Option(name: .long, help: "How many work orders are stored before each measurement, by commas.")
        var stored = "1000,20000"

        @Option(name: .long, help: "How many lives are measured each time.")
        var lives = 2_000

        @Option(name: .long, help: "How many of them are on their way at a time.")
        var inFlight = 200

        @Option(name: .long, help: "How many engineers there are.")
        var engineers = 400

        @Option(name: .long, help: "How long one measurement of a reference takes, roughly.")
        var seconds = 5.0

        func validate() throws {
            guard !levels.isEmpty, levels.allSatisfy({ $0 >= 0 }), levels.count == stored.split(separator: ",").count
            else { throw ValidationError("--stored is a list of numbers such as 1000,20000") }
            guard lives > 0, inFlight > 0, engineers > 0, seconds > 0 else {
                throw ValidationError("--lives, --in-flight, --engineers and --seconds are above 0")
            }
        }

        private var levels: [Int] { stored.split(separator: ",").compactMap { Int($0) } }

        func run() async throws {
            shared.quiet()
            var bench = LoopBench(folder: shared.folder)
            bench.stored = levels
            bench.lives = lives
            bench.inFlight = inFlight
            bench.engineers = engineers
            bench.seconds = seconds
            bench.withFastStream = !shared.noFaststream
            let report = try await bench.run { Terminal.note($0) }
            print(report.text)
            try shared.write(report)
        }
    }
}
