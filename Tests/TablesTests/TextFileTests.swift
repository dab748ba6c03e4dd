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

    @Test("UTF-8 in which some names were cut within a character stays UTF-8: only those cells are unreadable")
    func cut() throws {
        let rows = "编号,名称\nC-1,王敏\nC-2,北京某某公司\n"
        let cutName = Array("C-3,王".utf8) + [0xe6, 0x95] + Array("\nC-4,李强\n".utf8)
        let path = try file(Array(rows.utf8) + cutName)
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try TextEncoding.of(file: path) == .utf8)
        let lines = try text(path).split(separator: "\n").map(String.init)
        #expect(lines.filter { $0.contains("\u{fffd}") }.map { $0.prefix(3) } == ["C-3"])
        #expect(lines.last == "C-4,李强")
        // English headings, and one whole name.
        let few = try file(Array("number,name\nC-1,王敏\nC-2,".utf8) + [0xe7, 0x8e] + Array("\n".utf8))
        defer { try? FileManager.default.removeItem(atPath: few) }
        #expect(try TextEncoding.of(file: few) == .utf8)
        // With the mark nothing is weighed.
        let marked = try file([0xef, 0xbb, 0xbf] + Array("name\n".utf8) + [0xe7, 0x8e, 0x0a])
        defer { try? FileManager.default.removeItem(atPath: marked) }
        #expect(try TextEncoding.of(file: marked) == .utf8)
    }

    @Test(
        "GB18030 stays GB18030, although some of its characters look like UTF-8",
        arguments: [
            // 联通, 王敏, 客户编号,名称, 一.
            [0xc1, 0xaa, 0xcd, 0xa8], [0xcd, 0xf5, 0xc3, 0xf4],
            [0xbf, 0xcd, 0xbb, 0xa7, 0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xc3, 0xfb, 0xb3, 0xc6], [0xd2, 0xbb, 0xb1, 0xe0],
        ] as [[UInt8]])
    func likeUTF8(bytes: [UInt8]) throws {
        let path = try file(bytes)
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try TextEncoding.of(file: path) == .gb18030)
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
