import Foundation
import Testing

/// Files of the repository that tests hold to the code.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// Holds a document to the table that the code makes; with MENDLOOP_WRITE_TABLES=1 it is written first.
    static func expect(_ path: String, toHold table: String, under name: String) throws {
        let before = try text(path)
        let made = try #require(text(before, with: name, as: table))
        if ProcessInfo.processInfo.environment["MENDLOOP_WRITE_TABLES"] == "1" {
            try Data(made.utf8).write(to: root.appending(path: path))
        }
        let missing = Set(made.split(separator: "\n")).subtracting(before.split(separator: "\n"))
        #expect(made == before, "\(path): write it anew with MENDLOOP_WRITE_TABLES=1; not there: \(missing)")
    }

    /// Replaces what stands between `<!-- name -->` and `<!-- /name -->`, the marks kept.
    static func text(_ text: String, with name: String, as part: String) -> String? {
        guard let start = text.range(of: "<!-- \(name) -->\n"), let end = text.range(of: "<!-- /\(name) -->") else {
            return nil
        }
        return text.replacingCharacters(in: start.upperBound..<end.lowerBound, with: part)
    }
}
