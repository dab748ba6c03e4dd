/// One rule of the house: what it forbids, and where a file breaks it.
struct Rule: Sendable, CustomStringConvertible {
    let description: String
    /// Numbers of the lines at fault, from 1; the text says what is there.
    let check: @Sendable (SourceFile) -> [(line: Int, what: String)]

    func violations(in file: SourceFile) -> [Violation] {
        check(file).map { Violation(rule: description, path: file.path, line: $0.line, what: $0.what) }
    }

    /// A rule about single lines of code; `finds` gives what is wrong with one. Files without any of `marks` are not
    /// looked at closer.
    static func lines(
        _ description: String, in applies: @escaping @Sendable (SourceFile) -> Bool, marks: [String],
        _ finds: @escaping @Sendable (String) -> String?
    ) -> Rule {
        Rule(description: description) { file in
            guard file.isSwift, applies(file), marks.contains(where: file.text.contains) else { return [] }
            return file.code.enumerated().compactMap { index, line in
                marks.contains(where: line.contains) ? finds(line).map { (index + 1, $0) } : nil
            }
        }
    }
}

struct Violation: Equatable, CustomStringConvertible {
    let rule: String
    let path: String
    let line: Int
    let what: String

    var description: String { "\(path):\(line): \(what) — \(rule)" }
}
