import Foundation

/// Files of the repository that tests hold to the code.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// Replaces what stands between `<!-- name -->` and `<!-- /name -->`, the marks kept.
    static func text(_ text: String, with name: String, as part: String) -> String? {
        guard let start = text.range(of: "<!-- \(name) -->\n"), let end = text.range(of: "<!-- /\(name) -->") else {
            return nil
        }
        return text.replacingCharacters(in: start.upperBound..<end.lowerBound, with: part)
    }
}
