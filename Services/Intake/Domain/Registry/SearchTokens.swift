import DomainContracts

/// The tokens under which a thing is found; the index knows nothing else of it. A first character says what a token is:
/// `=` a whole name or label, `^` a beginning, `$` an end, `~` a spelling with one letter left out; none a word, or two
/// neighbouring characters of Chinese.
struct SearchTokens {
    private var all: [String] = []

    /// Each once, in order.
    var tokens: [String] {
        var tokens = all.sorted()
        var kept = 0
        for token in tokens where kept == 0 || tokens[kept - 1] != token {
            tokens[kept] = token
            kept += 1
        }
        return Array(tokens[..<kept])
    }

    /// Beginnings and ends of labels that are indexed, characters.
    static let labelParts = 4...8
    /// Beginnings of names that are indexed, letters.
    static let nameParts = 3...8
    /// Letters from which on a name is also found misspelled.
    static let fuzzyFrom = 4
    /// Most tokens of one thing; what a long text says behind them is not found.
    static let limit = 200

    /// A name of a person, company, brand or model: found by its words, by their beginnings, and misspelled.
    mutating func add(name: String?) {
        guard let name else { return }
        let text = SearchText(name)
        insert("=" + text.joined)
        for run in text.chunks.joined() {
            if run.isIdeographic {
                add(pairsOf: run)
                continue
            }
            insert(run.text)
            for length in Self.nameParts where length < run.scalars.count {
                insert("^" + String(run.scalars.prefix(length)))
            }
            for spelling in Self.spellings(of: run) { insert("~" + spelling) }
        }
    }

    /// A serial number, code, number or phone: found whole, or by its first or last characters.
    mutating func add(label: String?) {
        guard let label else { return }
        let characters = SearchText(label).chunks.joined().flatMap(\.scalars)
        insert("=" + String(characters))
        for length in Self.labelParts where length < characters.count {
            insert("^" + String(characters.prefix(length)))
            insert("$" + String(characters.suffix(length)))
        }
    }

    /// A phone in E.164: found in national form too, which is the one people say.
    mutating func add(phone: String?) {
        guard let phone else { return }
        add(label: phone)
        if phone.hasPrefix("+86") { add(label: String(phone.dropFirst(3))) }
    }

    /// What somebody wrote: found by its words.
    mutating func add(words: String?) {
        guard let words else { return }
        for run in SearchText(words).chunks.joined() {
            if run.isIdeographic { add(pairsOf: run) } else { insert(run.text) }
        }
    }

    /// The tokens as the index takes them, in order, a blank between them.
    var text: String { tokens.joined(separator: " ") }

    /// One character alone stands for itself, so that `3 楼` and `阀` lose nothing.
    private mutating func add(pairsOf run: SearchText.Run) {
        if run.scalars.count == 1 { insert(run.text) }
        for (first, second) in zip(run.scalars, run.scalars.dropFirst()) { insert(String([first, second])) }
    }

    private mutating func insert(_ token: String) {
        guard all.count < Self.limit, token.utf8.count <= 120, token != "=" else { return }
        all.append(token)
    }

    /// The word itself and the word without one of its letters: two words that differ by one letter, or by two that
    /// changed places, have a spelling in common. None for what holds digits, where each one counts.
    static func spellings(of run: SearchText.Run) -> [String] {
        guard run.scalars.count >= fuzzyFrom, run.scalars.count <= 24, !run.isIdeographic,
            !run.scalars.contains(where: { $0.properties.numericType != nil })
        else { return [] }
        return [run.text]
            + run.scalars.indices.map { index in
                var shorter = run.scalars
                shorter.remove(at: index)
                return String(shorter)
            }
    }
}
