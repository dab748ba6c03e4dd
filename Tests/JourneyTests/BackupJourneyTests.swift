import DomainContracts
import Foundation
import LocalStack
import ServiceKit
import ServiceTesting
import Simulation
import Testing

@testable import Console
@testable import MendloopCLI

/// A backup that is made while all runs, and an installation that is lost and restored from it.
@Suite("Backup and restore", .slow)
struct BackupJourneyTests {
    let installation: Installation
    let tool: CommandLineTool
    let backups: URL

    init() async throws {
        installation = try await Installation.start()
        tool = try CommandLineTool(folder: installation.stack.path)
        backups = FileManager.default.temporaryDirectory.appending(path: "mendloop-backups-\(UUID().uuidString)")
    }

    /// What was there at the backup's moment.
    private struct Moment: Equatable {
        var totals: InstallationTotals
        var contacts: String
    }

    private func moment() async throws -> Moment {
        try await installation.drains()
        return Moment(
            totals: try await installation.totals(),
            contacts: try await installation.stack.sql("SELECT count(*) FROM feedback.contact"))
    }

    func register(_ number: String) async throws {
        let client = try TestClient(url: try installation.stack.addresses().amqpURL())
        _ = try await client.ask(
            RegisterCustomer(customerNumber: number, name: "客户 \(number)", phone: "+861390000\(number.suffix(4))"))
        await client.close()
    }

    /// Waits until what was registered waits for a feedback that is down.
    func waits(for feedback: Int) async throws {
        try await eventually("feedback's queue has \(feedback)") {
            let queues = try await installation.stack.rabbitmqctl(
                "--quiet", "list_queues", "-p", StackAddresses.mainName, "name", "messages", "--no-table-headers")
            return queues.split(separator: "\n").contains("feedback.events\t\(feedback)")
        }
        try await eventually("intake has told") {
            try await installation.stack.sql("SELECT count(*) FROM intake.outbox").hasPrefix("0")
        }
    }

    private func simulate(_ count: Int, seed: UInt64) async throws {
        let result = try await Simulation.run(try installation.configuration(count: count, seed: seed))
        #expect(result.differences == [])
        #expect(result.isComplete, "unfinished: \(result.unfinished)")
    }

    /// Goods, which the ledger books.
    func receive(_ count: Int) async throws {
        let client = try TestClient(url: try installation.stack.addresses().amqpURL())
        for _ in 0..<count {
            _ = try await client.ask(
                ReceiveStock(
                    receiptId: UUID(), locationCode: "depot/main", partCode: "FLT-01", quantity: 2,
                    unitCost: Money(1_250, "CNY")))
        }
        await client.close()
        try await installation.drains()
    }

    private func posted() async throws -> Set<String> {
        Set(
            try await installation.stack.sql("SELECT entry_id || ' ' || sequence FROM billing.ledger_entry")
                .split(separator: "\n").map(String.init))
    }

    func keepFile() async throws -> URL {
        let folder = URL(fileURLWithPath: installation.stack.path + "/attachments")
        let store = try FolderStore(folder)
        let file = store.incoming.new()
        try Data("现场照片".utf8).write(to: file)
        let hash = try BackupFolder.hash(of: file)
        _ = try store.keep(
            file, as: StoredAttachment(sha256: hash, mediaType: "image/png", bytes: 12, storedAt: Date()))
        return folder.appending(path: "\(hash.prefix(2))/\(hash.dropFirst(2).prefix(2))/\(hash)")
    }

    /// All that a fire takes, and a message from after the backup in the broker.
    private func loseEverything(_ keeper: String) async throws {
        try await installation.services.stop()
        for schema in BackupSite.schemas { try await installation.stack.sql("DROP SCHEMA \(schema) CASCADE") }
        try FileManager.default.removeItem(atPath: installation.stack.path + "/attachments")
        try await installation.stack.management("DELETE", "/api/users/\(keeper)")
    }

    @Test("everything is lost after the backup, and is as it was; what came after it disturbs nothing")
    func restores() async throws {
        let file = try await keepFile()
        let keeper = try await BookKeeper(hiredBy: try IdentityDesk.of(installation.stack))
        try keeper.start()
        try await simulate(6, seed: 71)
        try await installation.services.stop(.feedback)
        try await register("C-0001")
        // Its contact is under way to feedback when the backup is made.
        try await waits(for: 1)
        let made = try await tool.run("backup", "--to", backups.path)
        #expect(made.status == 0)
        let backup = made.output.trimmingCharacters(in: .newlines)
        try await installation.services.start(.feedback)
        let before = try await moment()
        let numbers = try await installation.stack.sql("SELECT max(last_value) FROM intake.work_order_number")

        // What happens after the backup, and finance books it.
        try await receive(3)
        try await eventually("finance has it") { try await posted() == Set(try await keeper.held()) }
        try await installation.services.stop(.feedback)
        try await register("C-0002")
        try await waits(for: 1)
        try await loseEverything(String(keeper.queue.dropLast(".book".count)))

        #expect(try await tool.run("restore", backup).status != 0)
        let restored = try await tool.run("restore", backup, "--yes")
        #expect(restored.status == 0)
        #expect(restored.output.contains("intake tells again 1 events that were under way"), "\(restored.output)")
        #expect(restored.output.contains("1 events that waited in the broker are set aside"), "\(restored.output)")
        #expect(try BackupFolder.hash(of: file) == file.lastPathComponent)

        try await installation.services.start()
        var after = try await moment()
        // The ledger that is there says itself that it goes on elsewhere.
        let series = try #require(after.totals.ledger.books.last)
        #expect(series.entries == 0 && series.series > 20_260_000_000_000)
        after.totals.ledger.books.removeLast()
        #expect(after == before)
        #expect(
            try await installation.stack.sql(
                "SELECT count(*) FROM intake.customer WHERE state->>'customerNumber' = 'C-0002'") == "0\n")

        // It works on, and finance's book is Mendloop's.
        try await simulate(3, seed: 73)
        let now = try await installation.stack.sql("SELECT max(last_value) FROM intake.work_order_number")
        #expect(
            try #require(Int(now.trimmingCharacters(in: .newlines))) > 10_000
                + (Int(numbers.trimmingCharacters(in: .newlines)) ?? 0))
        try keeper.restart()
        try await eventually("finance has taken back what was undone") {
            try await posted() == Set(try await keeper.held())
        }
        keeper.kill()
        let proof = try await keeper.run("prove")
        #expect(proof.status == 0, "\(proof.output)")
        keeper.remove()
        try await installation.stop()
        try FileManager.default.removeItem(at: backups)
    }

    @Test("one that was changed, or is half, restores nothing")
    func refuses() async throws {
        let made = try await tool.run("backup", "--to", backups.path)
        let backup = BackupFolder(place: URL(fileURLWithPath: made.output.trimmingCharacters(in: .newlines)))
        try backup.check()
        #expect(BackupFolder.all(in: backups).map(\.place.path) == [backup.place.path])
        var dump = try Data(contentsOf: backup.dump)
        dump[dump.count / 2] ^= 1
        try dump.write(to: backup.dump)
        #expect(throws: (any Error).self) { try backup.check() }
        #expect(try await tool.run("restore", backup.place.path, "--yes").status != 0)
        // A dump that ends early is found out by its hash; if that were believed, nothing would be committed.
        try dump.prefix(dump.count / 2).write(to: backup.dump)
        var manifest = try backup.manifest()
        manifest.database.sha256 = try BackupFolder.hash(of: backup.dump)
        try Output.json(manifest).write(to: backup.manifestFile, atomically: true, encoding: .utf8)
        let versions = "SELECT count(*) FROM billing.schema_migration"
        let before = try await installation.stack.sql(versions)
        #expect(try await tool.run("restore", backup.place.path, "--yes").status != 0)
        #expect(try await installation.stack.sql(versions) == before)
        try await installation.stop()
        try FileManager.default.removeItem(at: backups)
    }
}
