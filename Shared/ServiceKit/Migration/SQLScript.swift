/// The statements of an SQL file as far as a migration's rules need them: words and signs without literals and
/// comments. It is a lexer, not a parser; what PostgreSQL would refuse it need not notice.
struct SQLScript {
    /// One statement: its words in upper case (quoted identifiers as they are, in their quotes), and the bodies of
    /// dollar quotes that stand in it.
    struct Statement {
        var words: [String] = []
        var bodies: [String] = []
    }

    private(set) var statements: [Statement] = []

    init(_ text: String) {
        var lexer = SQLLexer(text)
        var current = Statement()
        while let token = lexer.next() {
            switch token {
            case .word(let word): current.words.append(word)
            case .body(let body): current.bodies.append(body)
            case .end:
                if !current.words.isEmpty { statements.append(current) }
                current = Statement()
            }
        }
        if !current.words.isEmpty { statements.append(current) }
    }
}

/// Splits SQL into words, dollar-quoted bodies and statement ends; drops comments and string literals.
struct SQLLexer {
    enum Token: Equatable {
        case word(String)
        case body(String)
        case end
    }

    private let text: [Character]
    private var position = 0

    init(_ text: String) {
        // One scalar a character, so that a line break of two scalars cannot hide the end of a comment.
        self.text = text.unicodeScalars.map(Character.init)
    }

    mutating func next() -> Token? {
        while let character = peek() {
            switch character {
            case "-" where peek(1) == "-": skipLine()
            case "/" where peek(1) == "*": skipBlockComment()
            case "'": skipLiteral(escapes: false)
            case "E", "e": if peek(1) == "'" { position += 1; skipLiteral(escapes: true) } else { return .word(word()) }
            case "\"": return .word(quotedIdentifier())
            case "$":
                if let body = dollarQuoted() { return .body(body) }
                position += 1
            case ";":
                position += 1
                return .end
            case _ where Self.isWordPart(character): return .word(word())
            case ",", "(", ")":
                position += 1
                return .word(String(character))
            default: position += 1
            }
        }
        return nil
    }

    private func peek(_ distance: Int = 0) -> Character? {
        position + distance < text.count ? text[position + distance] : nil
    }

    private static func isWordPart(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }

    private mutating func word() -> String {
        var word = ""
        // A dollar sign within an identifier begins no quote.
        while let character = peek(), Self.isWordPart(character) || character == "$" {
            word.append(character)
            position += 1
        }
        return word.uppercased()
    }

    private mutating func quotedIdentifier() -> String {
        var word = "\""
        position += 1
        while let character = peek(), character != "\"" {
            word.append(character)
            position += 1
        }
        position += 1
        return word + "\""
    }

    private mutating func skipLine() {
        while let character = peek(), character != "\n" { _ = character; position += 1 }
    }

    private mutating func skipBlockComment() {
        var depth = 0
        repeat {
            if peek() == "/", peek(1) == "*" {
                depth += 1
                position += 2
            } else if peek() == "*", peek(1) == "/" {
                depth -= 1
                position += 2
            } else {
                position += 1
            }
        } while depth > 0 && position < text.count
    }

    private mutating func skipLiteral(escapes: Bool) {
        position += 1
        while let character = peek() {
            position += character == "\\" && escapes ? 2 : 1
            if character == "'" { return }
        }
    }

    private mutating func dollarQuoted() -> String? {
        var tag = "$"
        var end = position + 1
        while end < text.count, Self.isWordPart(text[end]) {
            tag.append(text[end])
            end += 1
        }
        guard end < text.count, text[end] == "$" else { return nil }
        tag.append("$")
        let closing = Array(tag)
        var body = ""
        position = end + 1
        while position < text.count {
            if text[position] == "$", text[position...].starts(with: closing) {
                position += closing.count
                return body
            }
            body.append(text[position])
            position += 1
        }
        return body
    }
}
