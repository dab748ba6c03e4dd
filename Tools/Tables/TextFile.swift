import Foundation

/// A file read piece by piece as UTF-8, whatever it is written in.
public struct TextFile: ~Copyable {
    static let chunkSize = 256 * 1024

    private let file: FileHandle
    private var decoder: TextDecoder
    /// Bytes of the file that were read so far.
    public private(set) var bytesRead = 0
    /// Bytes of the file, for saying how far one is.
    public let size: Int

    /// - Throws: when the file cannot be opened.
    public init(path: String, encoding: TextEncoding) throws {
        let opened = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        let end = try opened.seekToEnd()
        try opened.seek(toOffset: 0)
        let decoder = try TextDecoder(encoding)
        file = opened
        size = Int(end)
        self.decoder = decoder
    }

    deinit { try? file.close() }

    /// The next piece, never cut within a character; nil at the end. What is no text in this encoding becomes U+FFFD.
    public mutating func next() throws -> [UInt8]? {
        guard let chunk = try file.read(upToCount: Self.chunkSize), !chunk.isEmpty else {
            let rest = decoder.finish()
            return rest.isEmpty ? nil : rest
        }
        bytesRead += chunk.count
        return decoder.decode([UInt8](chunk))
    }
}

/// Turns bytes into UTF-8, by the C library's converter where they are something else.
struct TextDecoder: ~Copyable {
    struct UnknownEncoding: Error, CustomStringConvertible {
        let name: String
        var description: String { "this system's C library cannot convert \(name); is the package libc-bin complete?" }
    }

    private static let replacement: [UInt8] = [0xef, 0xbf, 0xbd]

    private let converter: iconv_t
    /// The beginning of a character whose end has not come yet.
    private var held: [UInt8] = []

    init(_ encoding: TextEncoding) throws(UnknownEncoding) {
        guard let opened = iconv_open("UTF-8", encoding.rawValue), opened != iconv_t(bitPattern: -1) else {
            throw UnknownEncoding(name: encoding.rawValue)
        }
        converter = opened
    }

    deinit { iconv_close(converter) }

    mutating func decode(_ bytes: [UInt8]) -> [UInt8] {
        var input = held + bytes
        held = []
        // A character of two bytes in GB18030 may be one of three in UTF-8.
        var output = [UInt8](repeating: 0, count: input.count * 3 / 2 + 16)
        var result: [UInt8] = []
        result.reserveCapacity(output.count)
        var consumed = 0
        while consumed < input.count {
            let (read, written, error) = convert(&input, from: consumed, into: &output)
            consumed += read
            result += output[..<written]
            if error == EINVAL {
                held = Array(input[consumed...])
                break
            }
            if error == EILSEQ {
                result += Self.replacement
                consumed += 1
            }
        }
        return result
    }

    /// What was left of a character that the file cut off.
    mutating func finish() -> [UInt8] {
        defer { held = [] }
        return held.isEmpty ? [] : Self.replacement
    }

    private func convert(
        _ input: inout [UInt8], from start: Int, into output: inout [UInt8]
    ) -> (read: Int, written: Int, error: Int32) {
        input.withUnsafeMutableBytes { source in
            output.withUnsafeMutableBytes { target in
                var from = source.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self)
                var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
                var left = source.count - start
                var room = target.count
                let outcome = iconv(converter, &from, &left, &to, &room)
                let error = outcome == -1 ? errno : 0
                return (source.count - start - left, target.count - room, error)
            }
        }
    }
}
