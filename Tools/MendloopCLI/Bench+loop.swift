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

        @OptionGroup var load: Load

        @Option(name: .long, help: "How long one measurement of a reference takes, roughly.")
        var seconds = 5.0

        func validate() throws {
            guard !levels.isEmpty, levels.allSatisfy({ $0 >= 0 }), levels.count == stored.split(separator: ",").count
            else { throw ValidationError("--stored is a list of numbers such as 1000,20000") }
            guard seconds > 0 else { throw ValidationError("--seconds is above 0") }
        }

        private var levels: [Int] { stored.split(separator: ",").compactMap { Int($0) } }

        func run() async throws {
            shared.quiet()
            var bench = load.bench(in: shared.folder)
            bench.stored = levels
            bench.seconds = seconds
            bench.withFastStream = !shared.noFaststream
            let report = try await bench.run { Terminal.note($0) }
            print(report.text)
            try shared.write(report)
        }
    }

    struct Copies: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Whole lives with two copies of every service, beside one copy.")

        @OptionGroup var shared: Shared
        @OptionGroup var load: Load

        @Option(name: .long, help: "How many rounds; medians count.")
        var rounds = 3

        @Flag(
            name: .long,
            help: "On a broker of three nodes and a database that waits for its standby, all on this machine.")
        var cluster = false

        func validate() throws {
            guard (1...100).contains(rounds) else { throw ValidationError("--rounds is from 1 to 100") }
        }

        func run() async throws {
            shared.quiet()
            var loop = load.bench(in: shared.folder + (cluster ? "-cluster" : ""))
            loop.shape = cluster ? .cluster : .single
            var bench = CopiesBench(loop)
            bench.rounds = rounds
            let figures = try await bench.run { Terminal.note($0) }
            print(FigureTable(figures, peers: [CopiesBench.one]).text)
            try shared.write(figures)
        }
    }

    /// What the driver puts on the services.
    struct Load: ParsableArguments {
        @Option(name: .long, help: "How many lives are measured each time.")
        var lives = 2_000

        @Option(name: .long, help: "How many of them are on their way at a time.")
        var inFlight = 200

        @Option(name: .long, help: "How many engineers there are.")
        var engineers = 400

        func validate() throws {
            guard lives > 0, inFlight > 0, engineers > 0 else {
                throw ValidationError("--lives, --in-flight and --engineers are above 0")
            }
        }

        func bench(in folder: String) -> LoopBench {
            var bench = LoopBench(folder: folder)
            bench.lives = lives
            bench.inFlight = inFlight
            bench.engineers = engineers
            return bench
        }
    }
}
