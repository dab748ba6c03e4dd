/// One file of the repository, as the rules look at it.
struct SourceFile: Sendable {
    /// Below the repository's root: `Services/Intake/Domain/WorkOrder.swift`.
    let path: String
    let text: String
    let lines: [String]
    /// The lines as the compiler takes them: without comments, and with texts emptied.
    let code: [String]

    init(path: String, text: String) {
        self.path = path
        self.text = text
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        code = Self.code(of: lines)
    }

    var isSwift: Bool { path.hasSuffix(".swift") }
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    private static func code(of lines: [String]) -> [String] {
        var inBlock = false
        var inText = false
        let quotes = Array("\"\"\"".utf8)
        return lines.map { line in
            // Most lines have neither comment nor text.
            if !inBlock, !inText, !line.utf8.contains(UInt8(ascii: "/")), !line.utf8.contains(UInt8(ascii: "\"")) {
                return line
            }
            var kept: [UInt8] = []
            var rest = Array(line.utf8)[...]
            func begins(_ mark: [UInt8]) -> Bool { rest.starts(with: mark) }
            while let byte = rest.first {
                if inBlock {
                    inBlock = !begins(Array("*/".utf8))
                    rest = rest.dropFirst(inBlock ? 1 : 2)
                } else if byte == UInt8(ascii: "\""), begins(quotes) {
                    inText.toggle()
                    rest = rest.dropFirst(3)
                } else if inText {
                    rest = rest.dropFirst()
                } else if byte == UInt8(ascii: "/"), begins(Array("//".utf8)) {
                    break
                } else if byte == UInt8(ascii: "/"), begins(Array("/*".utf8)) {
                    inBlock = true
                    rest = rest.dropFirst(2)
                } else if byte == UInt8(ascii: "\"") {
                    rest = afterText(rest.dropFirst())
                    kept += quotes.prefix(2)
                } else {
                    kept.append(byte)
                    rest = rest.dropFirst()
                }
            }
            return String(decoding: kept, as: UTF8.self)
        }
    }

    /// The rest of a line behind a text that has begun.
    private static func afterText(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = text
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\") { _ = rest.popFirst() }
            if byte == UInt8(ascii: "\"") { break }
        }
        return rest
    }
}
