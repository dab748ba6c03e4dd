import DomainContracts
import Testing

@testable import Console

@Suite("Parts of files") struct FilePartTests {
    private func part(_ headers: [String: String], of bytes: Int = 10) throws(DoorRefusal) -> FilePart {
        try FilePart(
            Exchange(method: "GET", path: [], query: [], headers: headers, address: ""), of: bytes, tag: "\"a\"")
    }

    @Test(
        "a part is from a byte, through a byte, or the last bytes, as far as there are any",
        arguments: [
            ("bytes=0-3", 0..<4), ("bytes=4-", 4..<10), ("bytes=9-9", 9..<10), ("bytes=5-99", 5..<10),
            ("bytes=-3", 7..<10), ("bytes=-99", 0..<10), ("bytes=0-9223372036854775807", 0..<10),
        ])
    func taken(header: String, range: Range<Int>) throws {
        let taken = try part(["range": header])
        #expect(taken.range == range && !taken.isWhole)
        #expect(try part(["range": header, "if-range": "\"a\""]) == taken)
        #expect(try part(["range": header, "if-range": "\"b\""]).isWhole)
    }

    @Test(
        "what is no single part of bytes gets the whole",
        arguments: [
            "bytes=3-1", "bytes=0-1,3-4", "lines=0-1", "bytes=", "bytes=-", "bytes=a-b", "bytes=--1",
            "bytes=99999999999999999999-",
        ])
    func passedOver(header: String) throws {
        let whole = try part(["range": header])
        #expect(whole.isWhole && whole.range == 0..<10)
    }

    @Test("behind its end there is nothing", arguments: ["bytes=10-", "bytes=10-12", "bytes=-0"])
    func refused(header: String) throws {
        let refusal = #expect(throws: DoorRefusal.self) { try part(["range": header]) }
        #expect(refusal?.problem.status == 416)
        #expect(refusal?.headers["Content-Range"] == "bytes */10")
    }
}
