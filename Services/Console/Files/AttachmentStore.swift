import Foundation

/// A file as it is kept. The same bytes are one file, whoever sends them: its name is its hash.
struct StoredAttachment: Codable, Sendable, Equatable {
    /// Of the bytes, 64 lowercase hexadecimal digits.
    var sha256: String
    var mediaType: String
    var bytes: Int
    var storedAt: Date
}

/// Attachments in a folder: `ab/cd/<hash>` and beside it what is known of it, `<hash>.json`. A file stands under its name only
/// whole and on the disk, so a crash leaves nothing but a rest in `incoming`, which the next start clears away.
struct AttachmentStore: Sendable {
    private let folder: URL
    private var incoming: URL { folder.appending(path: "incoming") }

    /// - Parameter folder: made where it lacks; several copies of console may share it.
    /// - Throws: when it cannot be made or cleared.
    init(folder: URL) throws {
        self.folder = folder
        try FileManager.default.createDirectory(at: incoming, withIntermediateDirectories: true)
        try clearOldRests()
    }

    /// A file to write incoming bytes to.
    func newIncoming() -> URL { incoming.appending(path: UUID().uuidString) }

    /// Keeps a file that was written to `incoming`, whose bytes are on the disk; one that is kept already stays as it is.
    ///
    /// - Returns: what is kept under its hash.
    func keep(_ file: URL, as attachment: StoredAttachment) throws -> StoredAttachment {
        if let known = find(attachment.sha256) {
            try FileManager.default.removeItem(at: file)
            return known
        }
        let place = place(of: attachment.sha256)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        let written = newIncoming()
        try JSONEncoder().encode(attachment).write(to: written)
        try Self.sync(written)
        // Whoever finds the note finds the file.
        try rename(file, to: place)
        try rename(written, to: note(of: place))
        // A name is on the disk when its folder is; the folders may be new.
        let inner = place.deletingLastPathComponent()
        for folder in [inner, inner.deletingLastPathComponent(), self.folder] { try Self.sync(folder) }
        return attachment
    }

    /// What is kept under a hash; nil when nothing is, or it is no hash.
    func find(_ sha256: String) -> StoredAttachment? {
        guard Self.isHash(sha256), let data = try? Data(contentsOf: note(of: place(of: sha256))) else { return nil }
        return try? JSONDecoder().decode(StoredAttachment.self, from: data)
    }

    /// Where a file lies.
    func file(of attachment: StoredAttachment) -> URL { place(of: attachment.sha256) }

    static func isHash(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    private func place(of hash: String) -> URL {
        folder.appending(path: String(hash.prefix(2))).appending(path: String(hash.dropFirst(2).prefix(2)))
            .appending(path: hash)
    }

    private func note(of place: URL) -> URL { place.appendingPathExtension("json") }

    /// Replaces what is there: two who bring the same bytes at once both leave the same file.
    private func rename(_ file: URL, to place: URL) throws {
        guard Foundation.rename(file.path, place.path) == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
    }

    /// Returns when a file, or what a folder lists, is on the disk.
    private static func sync(_ place: URL) throws {
        let descriptor = open(place.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }

    /// Seconds after which nobody writes a file any more.
    private static let patience: TimeInterval = 3_600

    private func clearOldRests() throws {
        let files = FileManager.default
        for rest in try files.contentsOfDirectory(
            at: incoming, includingPropertiesForKeys: [.contentModificationDateKey])
        {
            let changed = try? rest.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate
            if let changed, changed < Date(timeIntervalSinceNow: -Self.patience) { try? files.removeItem(at: rest) }
        }
    }
}
