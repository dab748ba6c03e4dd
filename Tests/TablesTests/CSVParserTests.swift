import Testing

@testable import Tables

@Suite("Comma-separated values")
struct CSVParserTests {
    @Test("quoted fields may hold commas, quotes and line breaks, and a row knows the line it begins on")
    func quotes() throws {
        let rows = try CSVParser.rows("id,problem\n1,\"leaks, and \"\"hums\"\"\"\n2,\"first line\nsecond line\"\n3,x\n")
        #expect(
            rows.map(\.fields) == [
                ["id", "problem"], ["1", "leaks, and \"hums\""], ["2", "first line\nsecond line"], ["3", "x"],
            ])
        #expect(rows.map(\.line) == [1, 2, 3, 5])
    }

    @Test(
        "line ends, byte order marks and empty fields are as people's programs write them",
        arguments: [
            ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]), ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
            ("\u{feff}a,b\n", [["a", "b"]]), ("a,,\n\n,b,\n", [["a", "", ""], ["", "b", ""]]),
            ("a,\"\",\"b\"\r\n", [["a", "", "b"]]), ("空调漏油,\"启动,有异响\"", [["空调漏油", "启动,有异响"]]), ("", []),
            ("\"\"", []), ("a", [["a"]]), ("a,\"b\"c\n", [["a", "bc"]]),
        ])
    func forms(_ text: String, _ expected: [[String]]) throws {
        #expect(try CSVParser.rows(text).map(\.fields) == expected)
    }

    @Test("it matters nothing where the pieces of a file are cut")
    func pieces() throws {
        let text = "\u{feff}名称,电话\r\n\"王\"\"敏\",138\r\n\r\n李,\"1\n2\"\r\n"
        let whole = try CSVParser.rows(text)
        #expect(whole.map(\.line) == [1, 2, 4])
        for size in 1...7 {
            var parser = CSVParser()
            var rows: [CSVParser.Row] = []
            let bytes = Array(text.utf8)
            for start in stride(from: 0, to: bytes.count, by: size) {
                rows += parser.feed(Array(bytes[start..<min(start + size, bytes.count)]))
            }
            rows += try parser.finish()
            #expect(rows == whole)
        }
    }

    @Test("a quote that is never closed is told with the line of its row")
    func unclosed() {
        #expect(throws: CSVParser.UnclosedQuote(line: 2)) { try CSVParser.rows("a,b\n1,\"never\nends") }
    }

    @Test("what is written is read again as it was")
    func written() throws {
        let fields = ["王敏", "a,b", "say \"hi\"", "two\r\nlines", ""]
        #expect(try CSVParser.rows(CSVWriter.line(fields)).map(\.fields) == [fields])
    }
}
