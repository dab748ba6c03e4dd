import ArgumentParser
import DomainContracts
import Foundation

/// `./mendloop backup`: what docs/backup.md says of it.
struct BackupVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract:
            "Write all schemas in one snapshot, attachments and outsiders' broker users into a folder, while all runs.",
        subcommands: [Make.self, Check.self, List.self, Erased.self], defaultSubcommand: Make.self)

    struct Make: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Write a backup, and print where it is.")

        @OptionGroup var stack: Stack

        @Option(name: .long, help: "The folder in which backups lie, each in one of its own named by its second.")
        var to = "backups"

        @Option(name: .long, help: "Remove all but so many of the newest there, once this one is written.")
        var keep: Int?

        func validate() throws {
            if let keep, keep < 1 { throw ValidationError("--keep is a number from 1") }
        }

        func run() async throws {
            let folder = URL(fileURLWithPath: to)
            let backup = try await BackupDesk(site: try stack.backupSite()).make(in: folder)
            let manifest = try backup.manifest()
            Terminal.note(manifest.words)
            if let keep {
                for old in BackupFolder.superfluous(in: folder, beside: backup, keeping: keep) {
                    try FileManager.default.removeItem(at: old.place)
                    Terminal.note("removed \(old.place.path)")
                }
            }
            print(backup.place.path)
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read a backup from end to end: whether each file is what was written.")

        @Argument(help: "The backup's folder.")
        var folder: String

        func run() async throws {
            print(try BackupFolder(place: URL(fileURLWithPath: folder)).check().words)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The backups of a folder, newest first.")

        @OptionGroup var output: Output

        @Option(name: .long, help: "The folder in which backups lie.")
        var from = "backups"

        func run() async throws {
            let backups = BackupFolder.all(in: URL(fileURLWithPath: from))
            let listed = try backups.map { Listed(folder: $0.place.path, manifest: try $0.manifest()) }
            if output.isJSON { return print(try Output.json(listed)) }
            guard !listed.isEmpty else { return print("there are none in \(from); ./mendloop backup makes one") }
            for each in listed { print("\(each.folder): \(each.manifest.words)") }
        }

        private struct Listed: Encodable {
            var folder: String
            var manifest: BackupManifest
        }
    }

    struct Erased: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write beside the backups whom intake has erased so far, ids alone, as every backup does.",
            discussion: """
                A restore to before an erasure brings the customer back; those in this list it has intake erase again. It takes a \
                moment: let it run often between backups.
                """)

        @OptionGroup var stack: Stack

        @Option(name: .long, help: "The folder in which backups lie.")
        var to = "backups"

        func run() async throws {
            let folder = URL(fileURLWithPath: to)
            let erased = try await BackupDesk(site: try stack.backupSite()).noteErased(in: folder)
            print("\(erased.customerIds.count) erased customers are in \(ErasedCustomers.file(in: folder).path)")
        }
    }
}

extension BackupManifest {
    /// On one line.
    var words: String {
        let rows = database.rows.values.reduce(0, +)
        let files = attachments.map { "\($0.files) attachments" } ?? "attachments are in their bucket"
        return "\(rows) rows of \(database.rows.count) tables in \(database.bytes / 1_024) KiB, \(files), "
            + "\(outsiders) outsiders, \(RFC3339.format(madeAt))"
    }
}
