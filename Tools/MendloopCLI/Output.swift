import ArgumentParser
import DomainContracts
import Foundation

/// How a listing verb answers: `@OptionGroup var output: Output`.
struct Output: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @Option(name: [.customLong("output"), .customShort("o")], help: "text or json.")
    var format = Format.text

    var isJSON: Bool { format == .json }

    /// Indented, keys sorted, times as on the wire.
    static func json(_ value: some Encodable) throws -> String {
        let encoder = WireJSON.encoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// On one line, for streams of them.
    static func jsonLine(_ value: some Encodable) throws -> String {
        String(decoding: try WireJSON.canonicalEncoder().encode(value), as: UTF8.self)
    }
}

/// Columns that line up, two spaces apart.
struct TextTable {
    let head: [String]
    var rows: [[String]] = []

    var text: String {
        let all = [head] + rows
        let widths = head.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                line += cell
                if column + 1 < row.count {
                    line += String(repeating: " ", count: widths[column] - cell.count + 2)
                }
            }
            return line.trimmingTrailingSpaces
        }.joined(separator: "\n")
    }
}

extension String {
    fileprivate var trimmingTrailingSpaces: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }

    /// The first line, and of that no more than `length` characters.
    func shortened(to length: Int) -> String {
        let line = split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return line.count <= length ? line : line.prefix(length - 1) + "…"
    }
}
