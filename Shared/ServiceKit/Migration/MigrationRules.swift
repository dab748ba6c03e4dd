/// What a migration may not do. A deployment migrates while copies of the old binary still run, so a step that takes
/// something away is made only after the last binary that uses it is gone, and its file says so.
struct MigrationRules {
    /// The line by which a file says why taking something away is safe now.
    static let contractMark = "-- contract-step:"

    /// - Throws: ``MigrationError`` naming the first offending statement.
    static func check(_ migration: Migration) throws(MigrationError) -> String {
        guard let text = String(validating: migration.sql, as: UTF8.self) else {
            throw .notText(migration: migration.label)
        }
        let statements = SQLScript(text).statements
        if let statement = statements.first(where: { isTransactionControl($0.words) }) {
            throw .transactionControl(migration: migration.label, statement: shown(statement.words))
        }
        if !has(contractMark, text), let statement = firstDestructive(in: statements) {
            throw .destructive(migration: migration.label, statement: shown(statement))
        }
        if !has(rewriteMark, text), !landedRewrites.contains(migration.checksum),
            let statement = statements.first(where: { rewrites($0.words, except: tablesMade(by: statements)) })
        {
            throw .rewriting(migration: migration.label, statement: shown(statement.words))
        }
        return text
    }

    /// The files in the order in which they apply.
    ///
    /// - Throws: ``MigrationError/brokenSequence(expected:found:)`` unless each series counts 1, 2, 3, …
    static func ordered(_ migrations: [Migration]) throws(MigrationError) -> [Migration] {
        var all: [Migration] = []
        for series in [Migration.Series.kit, .service] {
            let own = migrations.filter { $0.series == series }.sorted { $0.version < $1.version }
            for (index, migration) in own.enumerated() where migration.version != index + 1 {
                throw .brokenSequence(expected: Migration.label(series, index + 1), found: migration.label)
            }
            all += own
        }
        return all
    }

    /// A line with the mark, and a reason behind it.
    private static func has(_ mark: String, _ text: String) -> Bool {
        text.split(whereSeparator: \.isNewline).contains { line in
            let trimmed = line.drop(while: \.isWhitespace)
            return trimmed.hasPrefix(mark) && !trimmed.dropFirst(mark.count).allSatisfy(\.isWhitespace)
        }
    }

    private static func isTransactionControl(_ words: [String]) -> Bool {
        guard let first = words.first else { return false }
        if first == "START" { return words.dropFirst().first == "TRANSACTION" }
        return ["BEGIN", "COMMIT", "ROLLBACK", "END", "ABORT", "SAVEPOINT", "RELEASE"].contains(first)
    }

    private static func firstDestructive(in statements: [SQLScript.Statement]) -> [String]? {
        for statement in statements {
            if isDestructive(statement.words) { return statement.words }
            // A DO block runs at once; a function's body only when it is called.
            guard statement.words.first == "DO" else { continue }
            for body in statement.bodies {
                if let found = SQLScript(body).statements.first(where: { containsDestructive($0.words) }) {
                    return found.words
                }
            }
        }
        return nil
    }

    /// In a block, a statement may stand after BEGIN, THEN or LOOP.
    private static func containsDestructive(_ words: [String]) -> Bool {
        words.indices.contains { isDestructive(Array(words[$0...])) }
    }

    private static func isDestructive(_ words: [String]) -> Bool {
        let second = words.count > 1 ? words[1] : ""
        switch words.first {
        case "TRUNCATE": return true
        case "DELETE": return second == "FROM" && !words.contains("WHERE")
        case "DROP":
            return ["TABLE", "SCHEMA", "SEQUENCE", "TYPE", "DOMAIN", "VIEW", "MATERIALIZED", "OWNED", "EXTENSION"]
                .contains(second)
        case "ALTER":
            guard ["TABLE", "VIEW", "TYPE", "SEQUENCE", "SCHEMA", "DOMAIN"].contains(second) else { return false }
            return words.indices.dropFirst(2).contains { alters(words, at: $0) }
        default: return false
        }
    }

    /// Within an ALTER: a column dropped, a name or a type changed.
    private static func alters(_ words: [String], at index: Int) -> Bool {
        let following = index + 1 < words.count ? words[index + 1] : ""
        switch words[index] {
        case "RENAME": return true
        case "DROP": return !["CONSTRAINT", "DEFAULT", "NOT", "IDENTITY", "EXPRESSION"].contains(following)
        case "TYPE": return retypes(words[2..<index])
        default: return false
        }
    }

    /// ALTER [COLUMN] name [SET DATA] TYPE, and not a column that is called “type”.
    private static func retypes(_ before: ArraySlice<String>) -> Bool {
        let words = Array(before.suffix(5))
        if words.suffix(2) == ["SET", "DATA"] { return true }
        return words.dropLast().last == "ALTER" || words.dropLast().suffix(2) == ["ALTER", "COLUMN"]
    }

    private static func shown(_ words: [String]) -> String {
        words.prefix(6).joined(separator: " ")
    }
}
