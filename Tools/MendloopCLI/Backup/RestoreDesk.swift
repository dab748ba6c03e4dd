import AMQP
import ArgumentParser
import DomainContracts
import Foundation
import LocalStack
import ServiceKit

/// Puts a backup in the place of an installation. Every step may be repeated: whoever is interrupted restores once more.
struct RestoreDesk: Sendable {
    let site: BackupSite

    /// Stops the services of a private stack.
    ///
    /// - Throws: who works on the database still.
    func expectQuiet() async throws {
        if let local = site.local { try await ServiceProcesses(stack: local).stop() }
        let connection = DatabaseAccess(url: site.database).connection()
        try await connection.connect()
        let busy = try await connection.query(
            """
            SELECT DISTINCT usename::text AS role FROM pg_stat_activity
            WHERE usename = ANY(\(BackupSite.schemas)) AND datname = current_database() ORDER BY role
            """
        ).map { try $0.get("role", as: String.self) }
        await connection.close()
        guard busy.isEmpty else {
            throw ValidationError("stop the services first: \(busy.joined(separator: ", ")) still use the database")
        }
    }

    /// - Returns: what happened, for people.
    func restore(
        _ folder: BackupFolder, _ manifest: BackupManifest, reopening: Reopening, at began: Date
    ) async throws -> [String] {
        var report: [String] = []
        let access = DatabaseAccess(url: site.database)
        // What only the database knows that is replaced, where it is there still.
        let closed = try await ClosedBooks.read(access)
        let erased = try await ErasedCustomers.read(access).add(beside: folder.place.deletingLastPathComponent())
        // First, so that no row names a file that is not there.
        if manifest.attachments?.files ?? 0 > 0, site.attachments == nil {
            throw ValidationError(
                "the backup holds attachments, and this installation keeps them in a bucket: copy \(folder.attachments.path) there, "
                    + "then restore without MENDLOOP_ATTACHMENTS_BUCKET")
        }
        if let files = site.attachments, manifest.attachments != nil {
            let copied = try StoredFiles(folder: folder.attachments).copy(to: files)
            report.append("\(copied.files) attachments are there")
        }
        Terminal.note("restoring the database")
        let outcome = try await DatabaseRestoration(access: access).restore(folder.dump, manifest, reopening)
        report += outcome.words
        if reopening.ahead != nil { report += try await ClosedBooks.read(access).words(before: closed) }
        // Whoever was started again meanwhile would hear what waits of things that have not happened.
        try await expectQuiet()
        report.append(try await setAside(beside: folder, at: began))
        try await expectQuiet()
        Terminal.note("restoring the broker's users")
        let administrator = AMQPAdministrator(
            try AMQPConfiguration(url: site.broker, connectionName: "mendloop restore"))
        try await MendloopTopology.apply(try MendloopTopology.manifest(withDoor: true), with: administrator)
        await administrator.close()
        let record = try JSONFile.read(BrokerRecord.self, from: folder.broker.path)
        let users = try await site.management.restore(record)
        report.append(
            users.isEmpty
                ? "the broker has every outsider's user still"
                : "\(users.joined(separator: ", ")) come in to the broker again, with the passwords they had")
        report += try await eraseAgain(try await erased.whole(in: access))
        report.append(
            site.local == nil ? "start the services now; the migration first" : "./mendloop up starts the services")
        return report
    }

    /// Has intake erase customers again once it runs. The command waits in its queue.
    private func eraseAgain(_ customers: [UUID]) async throws -> [String] {
        guard !customers.isEmpty else { return [] }
        let publisher = AMQPPublisher(try AMQPConfiguration(url: site.broker, connectionName: "mendloop restore"))
        let outcomes = try await publisher.publish(try customers.map(BrokerDoor.erasing))
        await publisher.close()
        guard outcomes.allSatisfy({ $0 == .confirmed }) else {
            throw ValidationError("intake's queue does not take commands: restore once more")
        }
        let ids = customers.map(\.text)
        return [
            "\(ids.count) customers who were erased after the backup are whole again: \(ids.joined(separator: ", "))",
            "intake erases them again when it starts. Whether it did, or what of theirs is open again and has to be closed first: "
                + "./mendloop erase \(ids[0]) --reason … --yes",
        ]
    }

    /// What waits for the services was told before the backup, and is told again, or tells of things that have not happened any
    /// more; requests to them stay, and are judged by what is known now.
    private func setAside(beside folder: BackupFolder, at began: Date) async throws -> String {
        let file = folder.place.deletingLastPathComponent()
            .appending(path: "set-aside-\(BackupFolder.name(began)).jsonl")
        var count = 0
        for service in EventBindings.live.keys.sorted() {
            for queue in ["\(service).events"] {
                while true {
                    let messages = try await site.management.take(100, from: queue)
                    if messages.isEmpty { break }
                    count += messages.count
                    try Self.append(messages, to: file)
                }
            }
        }
        return count == 0
            ? "nothing waited in the broker"
            : "\(count) events that waited in the broker are set aside in \(file.path): those from before the backup are told again"
    }

    private static func append(_ messages: [SetAsideMessage], to file: URL) throws {
        if !FileManager.default.fileExists(atPath: file.path) {
            guard
                FileManager.default.createFile(atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw ValidationError("\(file.path) cannot be written") }
        }
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        try handle.seekToEnd()
        for message in messages { try handle.write(contentsOf: Data((try Output.jsonLine(message) + "\n").utf8)) }
        try handle.synchronize()
    }
}

extension DatabaseRestoration.Outcome {
    /// For people, a line each.
    var words: [String] {
        var lines = ["\(told["restored"] ?? "0") rows are there, as many in each table as were written"]
        if let ahead = told["ahead"] { lines.append("numbers of orders, reports and bills go on \(ahead) later") }
        if let series = told["series"] { lines.append("the ledger goes on in series \(series), from 1") }
        let again = told.filter { $0.key.hasSuffix("tells again") && $0.value != "0" }.sorted { $0.key < $1.key }
        lines += again.map { "\($0.key) \($0.value) events that were under way" }
        return lines
    }
}
