import Foundation

/// Attachments as console keeps them: `ab/cd/<SHA-256>`, and `<SHA-256>.json` beside it. Nothing in it ever changes, so
/// whatever is copied after the database names no file that is not there.
struct StoredFiles: Sendable {
    let folder: URL

    struct File: Sendable {
        var place: URL
        var sha256: String
        var bytes: Int
    }

    /// The files that are whole, which are those with a note.
    func all() throws -> [File] {
        guard let tree = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.fileSizeKey]) else {
            return []
        }
        var files: [File] = []
        for case let note as URL in tree where note.pathExtension == "json" {
            let place = note.deletingPathExtension()
            guard let bytes = try? place.resourceValues(forKeys: [.fileSizeKey]).fileSize else { continue }
            files.append(File(place: place, sha256: place.lastPathComponent, bytes: bytes))
        }
        return files
    }

    /// Copies what the other folder lacks. A file that is removed meanwhile is named by nobody, and is left out.
    ///
    /// - Parameter earlier: a copy from before, on the same disk: a file that it holds is linked and not copied, and takes no
    ///   room again. It is removed when the last of its copies is.
    /// - Returns: how many files it holds afterwards of those that are here, and their bytes.
    func copy(to other: URL, sharing earlier: StoredFiles? = nil) throws -> (files: Int, bytes: Int) {
        var copied = (files: 0, bytes: 0)
        for file in try all() {
            let inner = Self.inner(other, file.sha256)
            try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
            // Whoever finds the note finds the file.
            let sources = [file.place, file.place.appendingPathExtension("json")]
            let target = inner.appending(path: file.sha256)
            if let earlier { Self.link(file, from: Self.inner(earlier.folder, file.sha256), to: target) }
            do {
                for source in sources { try Self.copy(source, to: inner.appending(path: source.lastPathComponent)) }
            } catch {
                guard sources.contains(where: { !FileManager.default.fileExists(atPath: $0.path) }) else { throw error }
                continue
            }
            copied.files += 1
            copied.bytes += file.bytes
        }
        return copied
    }

    /// Where a file of this hash lies.
    private static func inner(_ folder: URL, _ sha256: String) -> URL {
        folder.appending(path: String(sha256.prefix(2))).appending(path: String(sha256.dropFirst(2).prefix(2)))
    }

    /// Has the same file stand there too; where that cannot be, it is copied. Its note may have been written anew since.
    private static func link(_ file: File, from inner: URL, to target: URL) {
        let same = inner.appending(path: file.sha256)
        guard (try? same.resourceValues(forKeys: [.fileSizeKey]).fileSize) == file.bytes else { return }
        _ = Foundation.link(same.path, target.path)
    }

    /// Under its name it stands whole or not at all.
    private static func copy(_ source: URL, to target: URL) throws {
        guard !FileManager.default.fileExists(atPath: target.path) else { return }
        let draft = target.appendingPathExtension("new")
        try? FileManager.default.removeItem(at: draft)
        try FileManager.default.copyItem(at: source, to: draft)
        try FileManager.default.moveItem(at: draft, to: target)
    }
}
