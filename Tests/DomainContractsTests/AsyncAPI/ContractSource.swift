import Foundation

/// The types of the contracts as their sources declare them: names, members and what the comments say about them. The
/// sources keep to one form (a declaration a line, `///` above it), and what this reader would miss, the tests find:
/// every example must fit the schema made from it.
struct ContractSource: Sendable {
    struct Member: Sendable {
        var name: String
        /// As written, without the `?`.
        var type: String
        var isOptional: Bool
        var doc: String?
    }

    struct Structure: Sendable {
        var doc: String?
        var members: [Member] = []
    }

    /// An enumeration that is open on the wire, with the values this version knows.
    struct OpenEnumeration: Sendable {
        var doc: String?
        var values: [String] = []
    }

    private(set) var structures: [String: Structure] = [:]
    private(set) var enumerations: [String: OpenEnumeration] = [:]

    init(below folders: URL...) throws {
        for file in try folders.flatMap({ try Repository.files(below: $0, endingIn: ".swift") }) {
            read(try String(contentsOf: file, encoding: .utf8))
        }
    }

    private mutating func read(_ text: String) {
        var doc: [String] = []
        var current = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let comment = line.firstMatch(of: /^ *\/\/\/ ?(.*)$/) {
                doc.append(String(comment.1))
                continue
            }
            let words = doc.isEmpty ? nil : doc.joined(separator: " ")
            doc = []
            if let start = line.firstMatch(of: /^public struct (\w+): (.*?) *\{/) {
                current = String(start.1)
                if start.2.contains("OpenEnum") {
                    enumerations[current] = OpenEnumeration(doc: words)
                } else {
                    structures[current] = Structure(doc: words)
                }
            } else if line.hasPrefix("}") {
                current = ""
            } else if let value = line.firstMatch(of: /^    public static let \w+ = \w+\(rawValue: "([^"]+)"\)/) {
                enumerations[current]?.values.append(String(value.1))
            } else if let member = line.firstMatch(of: /^    public var `?(\w+)`?: ([^={]+?)(\?)?( = .*)?$/) {
                structures[current]?.members.append(
                    Member(
                        name: String(member.1), type: String(member.2), isOptional: member.3 != nil, doc: words))
            }
        }
    }
}
