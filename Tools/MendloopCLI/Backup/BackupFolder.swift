import ArgumentParser
import Crypto
import DomainContracts
import Foundation
import ServiceKit

/// One backup as it lies in a folder:
///
///     manifest.json    what is in it
///     database.dump    all schemas in one snapshot, as pg_dump writes them
///     broker.json      users of outsiders, what they may do, their queues, policies; passwords as hashes
///     attachments/     files under their hashes, as console keeps them
struct BackupFolder: Sendable {
    let place: URL

    var manifestFile: URL { place.appending(path: "manifest.json") }
    var dump: URL { place.appending(path: "database.dump") }
    var broker: URL { place.appending(path: "broker.json") }
    var attachments: URL { place.appending(path: "attachments") }
    var hasAttachments: Bool { FileManager.default.fileExists(atPath: attachments.path) }

    /// `20261129T041705Z`
    static func name(_ date: Date) -> String {
        String(RFC3339.format(date).prefix(19)).filter { $0 != "-" && $0 != ":" } + "Z"
    }

    /// Whether it is a name that we give; whatever is called otherwise is somebody else's.
    static func isName(_ name: String) -> Bool { name.wholeMatch(of: /[0-9]{8}T[0-9]{6}Z/) != nil }

    /// The whole ones in a folder, newest first: those that bear our names and have our manifest.
    static func all(in folder: URL) -> [BackupFolder] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter(isName).sorted(by: >).map { BackupFolder(place: folder.appending(path: $0)) }.filter {
            (try? $0.manifest()) != nil
        }
    }

    /// Those that are too many where so many are kept. The one just made stays, whatever a clock that was wrong has called the
    /// others.
    static func superfluous(in folder: URL, beside made: BackupFolder, keeping count: Int) -> [BackupFolder] {
        Array(
            all(in: folder).filter { $0.place.lastPathComponent != made.place.lastPathComponent }.dropFirst(count - 1))
    }

    func manifest() throws -> BackupManifest {
        let manifest = try JSONFile.read(BackupManifest.self, from: manifestFile.path)
        guard manifest.format == BackupManifest.currentFormat else {
            throw ValidationError(
                "\(place.path) has format \(manifest.format); this program restores \(BackupManifest.currentFormat)")
        }
        return manifest
    }

    /// Reads all of it: whether each file is what was written.
    ///
    /// - Throws: what is missing or was changed.
    @discardableResult
    func check() throws -> BackupManifest {
        let manifest = try manifest()
        guard try Self.hash(of: dump) == manifest.database.sha256 else {
            throw ValidationError("\(dump.path) is not what was written: its SHA-256 is another")
        }
        guard FileManager.default.isReadableFile(atPath: broker.path) else {
            throw ValidationError("\(broker.path) is missing")
        }
        guard let expected = manifest.attachments else { return manifest }
        let files = try StoredFiles(folder: attachments).all()
        for file in files where try Self.hash(of: file.place) != file.sha256 {
            throw ValidationError("\(file.place.path) is not what was written: its SHA-256 is another")
        }
        guard files.count == expected.files else {
            throw ValidationError("\(attachments.path) holds \(files.count) files; \(expected.files) were written")
        }
        return manifest
    }

    /// In lower-case hexadecimal; read piece by piece.
    static func hash(of file: URL) throws -> String {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        var hash = SHA256()
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
        return hash.finalize().hexadecimal
    }
}
