import DomainContracts
import Foundation

/// Makes backups of one installation.
struct BackupDesk: Sendable {
    let site: BackupSite

    /// Writes one into a folder of its own; under its name it stands only whole.
    func make(in folder: URL) async throws -> BackupFolder {
        let madeAt = Date()
        let place = folder.appending(path: BackupFolder.name(madeAt))
        try Self.clearAway(in: folder)
        let draft = BackupFolder(place: place.appendingPathExtension("unfinished"))
        // Passwords' hashes and customers' names are in it.
        try FileManager.default.createDirectory(
            at: draft.place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        do {
            let manifest = try await write(draft, madeAt)
            try Output.json(manifest).write(to: draft.manifestFile, atomically: true, encoding: .utf8)
            try await noteErased(in: folder)
            try FileManager.default.moveItem(at: draft.place, to: place)
        } catch {
            try? FileManager.default.removeItem(at: draft.place)
            throw error
        }
        return BackupFolder(place: place)
    }

    /// Writes down whom intake has erased so far.
    @discardableResult
    func noteErased(in folder: URL) async throws -> ErasedCustomers {
        try await ErasedCustomers.read(DatabaseAccess(url: site.database)).add(beside: folder)
    }

    /// What killed backups have left: customers' names are in it too.
    private static func clearAway(in folder: URL) throws {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names where name.hasSuffix(".unfinished") && BackupFolder.isName(String(name.dropLast(11))) {
            try FileManager.default.removeItem(at: folder.appending(path: name))
        }
    }

    private func write(_ folder: BackupFolder, _ madeAt: Date) async throws -> BackupManifest {
        Terminal.note("writing the database")
        let rows = try await DatabaseDump(access: DatabaseAccess(url: site.database)).write(to: folder.dump)
        let record = try await site.management.record()
        try Output.json(record).write(to: folder.broker, atomically: true, encoding: .utf8)
        // After the database: what its rows name is there by now.
        var attachments: BackupManifest.Attachments?
        if let files = site.attachments {
            Terminal.note("copying attachments")
            let earlier = BackupFolder.all(in: folder.place.deletingLastPathComponent()).first { $0.hasAttachments }
            let copied = try StoredFiles(folder: files).copy(
                to: folder.attachments, sharing: earlier.map { StoredFiles(folder: $0.attachments) })
            attachments = .init(files: copied.files, bytes: copied.bytes)
        }
        let bytes = try folder.dump.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
        return BackupManifest(
            madeAt: madeAt,
            database: .init(bytes: bytes, sha256: try BackupFolder.hash(of: folder.dump), rows: rows),
            attachments: attachments, outsiders: record.users.count)
    }
}
