import ArgumentParser
import ServiceKit

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Examine the stack, its servers and this machine: what is wrong, and what to do; exits with 3 then.",
        discussion: """
            Beyond what `status` sees: versions of PostgreSQL and RabbitMQ, extensions, plugins, quorum queues, clocks, disks, \
            who may read the passwords, dead letters by reason, settings that nobody reads. It changes nothing. Of a stack \
            elsewhere it sees what the environment names: docs/deploy.md.
            """)

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output

    func run() async throws {
        let report = try await Examination(stack: stack).report()
        print(output.isJSON ? try Output.json(report) : report.text)
        if !report.isWell { throw ExitCode(3) }
    }
}
