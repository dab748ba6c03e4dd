import Foundation

/// Small files that are replaced whole or not at all, whatever is killed in between.
enum PrivateFile {
    /// Writes `text` beside `path`, flushes it to disk, and renames it into place.
    static func write(_ text: String, to path: String, mode: mode_t = 0o600) throws {
        let draft = path + ".\(getpid()).new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw StackError.system("writing \(path)", errno: errno) }
        defer { close(descriptor) }
        fchmod(descriptor, mode)
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else { throw StackError.system("writing \(path)", errno: errno) }
            bytes = bytes.dropFirst(written)
        }
        fsync(descriptor)
        guard rename(draft, path) == 0 else { throw StackError.system("writing \(path)", errno: errno) }
    }

    /// The text of a file, or nil where there is none.
    static func read(_ path: String) -> String? {
        try? String(contentsOfFile: path, encoding: .utf8)
    }
}

/// The end of a log, for error messages.
enum LogTail {
    static func read(_ path: String, last limit: Int = 4_000) -> String {
        guard let handle = FileHandle(forReadingAtPath: path) else { return "" }
        defer { try? handle.close() }
        let size = (try? handle.seekToEnd()) ?? 0
        try? handle.seek(toOffset: size > UInt64(limit) ? size - UInt64(limit) : 0)
        return String(decoding: (try? handle.readToEnd()) ?? Data(), as: UTF8.self)
    }
}

enum TemporaryFolder {
    /// Makes a new folder with an unguessable name, mode 0700, by default in the system's temporary folder.
    static func make(prefix: String, in folder: String? = nil) throws -> String {
        let parent = folder ?? ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        var template = Array("\(parent)/\(prefix)XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw StackError.system("making a folder in \(parent)", errno: errno) }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
