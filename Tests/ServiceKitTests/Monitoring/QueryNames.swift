import Foundation

/// The metrics that a PromQL expression names.
enum QueryNames {
    /// Everything in it that is neither a function, a word of the language, a label, a number nor a variable.
    static func metrics(in expression: String) -> Set<String> {
        let bare =
            expression
            .replacing(/"(?:[^"\\]|\\.)*"/, with: " ")
            .replacing(/\{[^}]*\}/, with: " ")
            .replacing(/\[[^\]]*\]/, with: " ")
            .replacing(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/, with: " ")
            .replacing(/\$\w+/, with: " ")
            .replacing(/\b\d[\w.]*/, with: " ")
        let words: Set<String> = ["and", "or", "unless", "bool", "offset", "group_left", "group_right", "inf", "nan"]
        return Set(
            bare.matches(of: /([a-zA-Z_:][\w:]*)(\s*\()?/).filter { $0.2 == nil }.map { String($0.1) }
        ).subtracting(words)
    }
}
