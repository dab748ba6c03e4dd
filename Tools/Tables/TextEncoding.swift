import Foundation

/// How a file's text is written in bytes.
public enum TextEncoding: String, CaseIterable, Sendable {
    case utf8 = "utf-8"
    case gb18030 = "gb18030"

    /// UTF-8 where the file has its byte order mark, or has nothing else; and where more of its characters beyond ASCII are whole ones of
    /// UTF-8 than are broken: old systems cut a name within a character, and one such cell is no reason to read all the others wrongly.
    /// Else GB18030, in which anything can be read: of its characters few look like UTF-8.
    ///
    /// - Throws: when the file cannot be read.
    public static func of(file path: String) throws -> TextEncoding {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        var rest = Data()
        var census = Census()
        var isFirst = true
        while let chunk = try file.read(upToCount: TextFile.chunkSize), !chunk.isEmpty {
            if isFirst, chunk.starts(with: [0xef, 0xbb, 0xbf]) { return .utf8 }
            isFirst = false
            rest += chunk
            let end = rest.lastWholeCharacter
            census.count(rest[..<end])
            rest = Data(rest[end...])
        }
        census.count(rest)
        return census.broken == 0 || census.whole > census.broken ? .utf8 : .gb18030
    }
}

/// How many characters beyond ASCII are UTF-8, and at how many places there is none.
private struct Census {
    private(set) var whole = 0
    private(set) var broken = 0

    mutating func count(_ bytes: Data) {
        guard String(validating: bytes, as: UTF8.self) == nil else {
            whole += bytes.count { $0 >= 0xc0 }
            return
        }
        var left = bytes.makeIterator()
        var parser = Unicode.UTF8.ForwardParser()
        while true {
            switch parser.parseScalar(from: &left) {
            case .valid(let character): if character.count > 1 { whole += 1 }
            case .error: broken += 1
            case .emptyInput: return
            }
        }
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
