import ArgumentParser
import ServiceKit

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Examine the stack, its servers and this machine: what is wrong, and what to do; exits with 3 then.",
        discussion: """
            Beyond what `status` sees: versions of PostgreSQL and RabbitMQ, extensions, plugins, quorum queues, clocks, disks, \
            who may read the passwords, dead letters by reason, settings that nobody reads, how old the newest backup is, when \
            certificates end. It changes nothing. Of a stack \
            elsewhere it sees what the environment names: docs/deploy.md.
            """)

    @OptionGroup var stack: Stack
    @OptionGroup var output: Output

    @Option(name: .long, help: "The folder in which backups lie, each in one of its own.")
    var backups = "backups"

    @Option(name: .long, help: "A folder in which certificates lie (*.pem); may be repeated.")
    var certificates = CertificateExamination.usualFolders

    func run() async throws {
        let report = try await Examination(stack: stack, backups: backups, certificates: certificates).report()
        print(output.isJSON ? try Output.json(report) : report.text)
        if !report.isWell { throw ExitCode(3) }
    }
}
