import ArgumentParser
import Foundation

/// `./mendloop restore`: what docs/backup.md says of it.
struct RestoreVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup in the place of everything there is.",
        discussion: """
            The services must not run; those of a private stack are stopped. The database is restored in one transaction: it is \
            afterwards as it was in the backup, or as it is now. Numbers go on later and the ledger in a new series, since people \
            and finance remember what happened after the backup; what was under way then is told again; what waits in the broker \
            from after it is set aside in a file.
            """)

    @OptionGroup var stack: Stack

    @Argument(help: "The backup's folder, as backup printed it.")
    var backup: String

    @Flag(name: .long, help: "Yes, replace everything there is.")
    var yes = false

    @Flag(
        name: .long,
        help:
            "Nothing has run since the backup was made, it only moves: numbers and the ledger's series go on as they were."
    )
    var move = false

    @Option(name: .long, help: "By how much the numbers of orders, reports and bills go ahead.")
    var ahead = 10_000

    func validate() throws {
        guard yes else { throw ValidationError("everything there is will be replaced: say --yes") }
        guard (1...1_000_000_000).contains(ahead) else { throw ValidationError("--ahead is a number from 1") }
    }

    func run() async throws {
        let folder = BackupFolder(place: URL(fileURLWithPath: backup))
        Terminal.note("reading \(folder.place.path)")
        let manifest = try folder.check()
        // Where nothing is yet, a private stack is made.
        if try stack.foreignBrokerURL() == nil { try await stack.local.start() }
        let desk = RestoreDesk(site: try stack.backupSite())
        try await desk.expectQuiet()
        let began = Date()
        let report = try await desk.restore(
            folder, manifest, reopening: Reopening(at: began, ahead: move ? nil : ahead, of: manifest),
            at: began)
        for line in report { print(line) }
    }
}
