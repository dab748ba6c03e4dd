import Foundation

/// Attachments in a folder: `ab/cd/<hash>` and beside it what is known of it, `<hash>.json`. A file stands under its name only
/// whole and on the disk.
struct FolderStore: AttachmentStore {
    private let folder: URL
    let incoming: IncomingFiles

    /// - Parameter folder: made where it lacks; several copies of console may share it.
    /// - Throws: when it cannot be made or cleared.
    init(_ folder: URL) throws {
        self.folder = folder
        incoming = try IncomingFiles(folder: folder.appending(path: "incoming"))
    }

    func keep(_ file: URL, as attachment: StoredAttachment) throws -> StoredAttachment {
        var attachment = attachment
        if let known = find(attachment.sha256) {
            guard known.isOlder(than: attachment) else {
                try FileManager.default.removeItem(at: file)
                return known
            }
            attachment.mediaType = known.mediaType
        }
        let place = place(of: attachment.sha256)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        let written = incoming.new()
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

    func find(_ sha256: String) -> StoredAttachment? {
        guard StoredAttachment.isHash(sha256), let data = try? Data(contentsOf: note(of: place(of: sha256))) else {
            return nil
        }
        return try? JSONDecoder().decode(StoredAttachment.self, from: data)
    }

    /// A page is a folder of the first level: `ab`.
    func page(after place: String?) throws -> AttachmentPage {
        let files = FileManager.default
        let folders = try files.contentsOfDirectory(atPath: folder.path)
            .filter { $0.utf8.count == 2 && $0 > place ?? "" }.sorted()
        guard let first = folders.first else { return AttachmentPage(files: [], next: nil) }
        var found: [(sha256: String, storedAt: Date)] = []
        for inner in try files.contentsOfDirectory(atPath: folder.appending(path: first).path).sorted() {
            let notes = try files.contentsOfDirectory(
                at: folder.appending(path: first).appending(path: inner),
                includingPropertiesForKeys: [.contentModificationDateKey])
            for note in notes where note.pathExtension == "json" {
                let hash = note.deletingPathExtension().lastPathComponent
                // Gone since.
                guard StoredAttachment.isHash(hash),
                    let written = try? note.resourceValues(forKeys: [.contentModificationDateKey])
                        .contentModificationDate
                else { continue }
                found.append((hash, written))
            }
        }
        return AttachmentPage(files: found.sorted { $0.sha256 < $1.sha256 }, next: folders.count > 1 ? first : nil)
    }

    func open(_ attachment: StoredAttachment, _ part: Range<Int>) throws -> FileHandle {
        let handle = try FileHandle(forReadingFrom: place(of: attachment.sha256))
        try handle.seek(toOffset: UInt64(part.lowerBound))
        return handle
    }

    func remove(_ sha256: String) throws {
        guard StoredAttachment.isHash(sha256) else { return }
        let place = place(of: sha256)
        // Whoever finds the note finds the file.
        for file in [note(of: place), place] where unlink(file.path) != 0 && errno != ENOENT {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
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
        let descriptor = Foundation.open(place.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }
}
