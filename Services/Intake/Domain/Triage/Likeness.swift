import DomainContracts

/// How much two texts have in common, by pairs of neighbouring characters: the same measure for Chinese, which is written
/// without blanks, and for words that are spelled a little differently.
enum Likeness {
    /// Most characters of a text that are compared.
    static let limit = 400

    /// Dice's coefficient of the two texts' pairs, per cent: 100 for texts that differ in case, width and punctuation
    /// alone, 0 where they have no pair in common.
    static func percent(_ one: String, _ other: String) -> Int {
        let (ours, theirs) = (pairs(of: one), pairs(of: other))
        let whole = ours.values.reduce(0, +) + theirs.values.reduce(0, +)
        guard whole > 0 else { return 0 }
        let common = ours.reduce(0) { $0 + min($1.value, theirs[$1.key] ?? 0) }
        return 200 * common / whole
    }

    private static func pairs(of text: String) -> [String: Int] {
        var pairs: [String: Int] = [:]
        for run in SearchText(String(text.prefix(limit))).chunks.joined() {
            if run.scalars.count == 1 { pairs[run.text, default: 0] += 1 }
            for (first, second) in zip(run.scalars, run.scalars.dropFirst()) {
                pairs[String([first, second]), default: 0] += 1
            }
        }
        return pairs
    }
}
