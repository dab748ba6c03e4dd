import ArgumentParser
import LocalStack

struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What runs, what waits, what is wrong and what to do; exits with 3 unless all is well.")

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output

    func run() async throws {
        let report = try await StatusGatherer(stack: stack).report()
        print(output.isJSON ? try Output.json(report) : report.text)
        if !report.isWell { throw ExitCode(3) }
    }
}
