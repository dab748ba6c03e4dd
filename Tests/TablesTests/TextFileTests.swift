import Foundation
import Testing

@testable import Tables

@Suite("Text files and their encodings")
struct TextFileTests {
    /// 客户，漏油😀 in GB18030; the last character takes four bytes.
    static let gb18030: [UInt8] = [
        0xbf, 0xcd, 0xbb, 0xa7, 0xa3, 0xac, 0xc2, 0xa9, 0xd3, 0xcd, 0x94, 0x39, 0xfc, 0x36,
    ]

    @Test("GB18030 is recognised and read, wherever it is cut")
    func chinese() throws {
        let path = try file(Self.gb18030)
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try TextEncoding.of(file: path) == .gb18030)
        #expect(try text(path) == "客户，漏油😀")
        for cut in 1..<Self.gb18030.count {
            var decoder = try TextDecoder(.gb18030)
            let bytes =
                decoder.decode(Array(Self.gb18030[..<cut])) + decoder.decode(Array(Self.gb18030[cut...]))
                + decoder.finish()
            #expect(String(decoding: bytes, as: UTF8.self) == "客户，漏油😀")
        }
    }

    @Test("UTF-8 is recognised, even when a piece ends within a character")
    func utf8() throws {
        let long = String(repeating: "x", count: TextFile.chunkSize - 1) + "漏油"
        for content in ["", "plain", "漏油😀", "\u{feff}漏油", long] {
            let path = try file(Array(content.utf8))
            defer { try? FileManager.default.removeItem(atPath: path) }
            #expect(try TextEncoding.of(file: path) == .utf8)
            #expect(try Array(text(path).utf8) == Array(content.utf8))
        }
    }

    @Test("bytes that are no text in the encoding stand out, and nothing behind them is lost")
    func broken() throws {
        var decoder = try TextDecoder(.utf8)
        let bytes = decoder.decode([0x61, 0xff, 0x62, 0xe6]) + decoder.finish()
        #expect(String(decoding: bytes, as: UTF8.self) == "a\u{fffd}b\u{fffd}")
    }

    private func file(_ bytes: [UInt8]) throws -> String {
        let url = FileManager.default.temporaryDirectory.appending(path: "mendloop-\(UUID().uuidString).csv")
        try Data(bytes).write(to: url)
        return url.path
    }

    private func text(_ path: String) throws -> String {
        var file = try TextFile(path: path, encoding: TextEncoding.of(file: path))
        var bytes: [UInt8] = []
        while let piece = try file.next() { bytes += piece }
        #expect(file.bytesRead == file.size)
        return String(decoding: bytes, as: UTF8.self)
    }
}
