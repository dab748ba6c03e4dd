import Foundation

/// How a file's text is written in bytes.
public enum TextEncoding: String, CaseIterable, Sendable {
    case utf8 = "utf-8"
    case gb18030 = "gb18030"

    /// UTF-8 when all of the file is that, with or without a byte order mark; else GB18030, in which anything can be
    /// read.
    ///
    /// - Throws: when the file cannot be read.
    public static func of(file path: String) throws -> TextEncoding {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        var rest = Data()
        while let chunk = try file.read(upToCount: TextFile.chunkSize), !chunk.isEmpty {
            rest += chunk
            let end = rest.lastWholeCharacter
            guard String(validating: rest[..<end], as: UTF8.self) != nil else { return .gb18030 }
            rest = Data(rest[end...])
        }
        return rest.isEmpty ? .utf8 : .gb18030
    }
}

extension Data {
    /// Behind the last character of UTF-8 that is here as a whole.
    fileprivate var lastWholeCharacter: Index {
        var index = endIndex
        for _ in 0..<Swift.min(3, count) {
            index -= 1
            let byte = self[index]
            if byte & 0xc0 == 0x80 { continue }
            let length = byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
            return endIndex - index < length ? index : endIndex
        }
        return endIndex
    }
}
