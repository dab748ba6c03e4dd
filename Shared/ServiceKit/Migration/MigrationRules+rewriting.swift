/// A column that is added with values of its own makes PostgreSQL write the whole table anew, under a lock that keeps even readers
/// out: of a million rows that is a minute in which the service stands still. New tables may have such columns.
extension MigrationRules {
    /// The line by which a file says why that takes no time here.
    static let rewriteMark = "-- rewrites-table:"

    /// Checksums of files that did so before it was refused. Nothing is added here: a new file gives its reason.
    static let landedRewrites: Set<String> = [
        // billing V0003
        "e80e5c290cab6c098b82cab73276c5c92e54289872680955b0ae1b25f765afd0",
        // console V0002
        "41b5ec3847e0ae0ae03432d097db7acc709c66240df5cea87a3e7e9e4711ad66",
        // dispatch V0002
        "426154a65c30fd0f0deeae30f1e6ffa3ab618f008daf954b54e5a464e8ec46de",
        // dispatch V0003
        "8a1078cab9e296531d7df10798b14e349604ff16b7bf8a12960dd714be5f5c06",
        // dispatch V0004
        "7ee765e7a82100066d95100bdffaf17396753a64c84a2e14ff1737817901fa72",
        // intake V0002
        "4e0bec64dbb50fdfe960403a4f1c16182546d30e4b58410f2dc99d7b96439cd8",
        // intake V0004
        "7c69c5040a12225dc598c8aa96abe0054d12ad9054f8504e8c755475e4c18880",
        // intake V0009
        "fd931ad610d083463c8443f802d70d36f5d18a295a7fcd4a0c0e489a69cf489b",
    ]

    private static let computed: Set<String> = [
        "STORED", "SERIAL", "BIGSERIAL", "NEXTVAL", "GEN_RANDOM_UUID", "RANDOM", "CLOCK_TIMESTAMP",
    ]

    /// Whether a statement adds a column of computed values to a table that was there before.
    static func rewrites(_ words: [String], except made: Set<String>) -> Bool {
        guard words.starts(with: ["ALTER", "TABLE"]), let table = name(in: words.dropFirst(2)), !made.contains(table),
            let addition = words.firstIndex(of: "ADD")
        else { return false }
        return words[addition...].contains(where: computed.contains)
    }

    /// Names of the tables that a file makes itself.
    static func tablesMade(by statements: [SQLScript.Statement]) -> Set<String> {
        Set(
            statements.compactMap { statement in
                guard statement.words.first == "CREATE", let table = statement.words.prefix(3).firstIndex(of: "TABLE")
                else { return nil }
                return name(in: statement.words[(table + 1)...])
            })
    }

    private static func name(in words: ArraySlice<String>) -> String? {
        words.first { !["IF", "NOT", "EXISTS", "ONLY"].contains($0) }
    }
}
