import DomainContracts

/// The tokens that a search asks the index for.
struct SoughtTokens: Equatable {
    /// Any of these: the text is a whole name or label.
    var exact: [String]
    /// One of each: every word of the text is found.
    var contained: [[String]]
    /// One of each: every word is spelled much like one of a name; nil when words like these have no spelling.
    var similar: [[String]]?

    /// Nil when there are not two characters to look for.
    init?(_ text: String) {
        let sought = SearchText(text)
        guard sought.joined.count >= 2 else { return nil }
        exact = ["=" + sought.joined]
        if let phone = PhoneNumber(text) { exact.append("=" + phone.e164.dropFirst()) }
        contained = sought.chunks.flatMap(Self.alternatives)
        let runs = sought.chunks.joined().map(SearchTokens.spellings)
        similar = runs.contains(where: \.isEmpty) ? nil : runs.map { $0.map { "~" + $0 } }
    }

    private static func alternatives(_ chunk: [SearchText.Run]) -> [[String]] {
        guard chunk.contains(where: \.isIdeographic) else {
            let label = chunk.flatMap(\.scalars)
            var choices = ["=" + String(label)]
            if chunk.count == 1 { choices.append(String(label)) }
            if SearchTokens.nameParts.contains(label.count) { choices.append("^" + String(label)) }
            // What is longer than the ends that are indexed is found by its own end.
            if label.count >= SearchTokens.labelParts.lowerBound {
                choices.append("$" + String(label.suffix(SearchTokens.labelParts.upperBound)))
            }
            return [choices]
        }
        return chunk.flatMap { run -> [[String]] in
            guard run.isIdeographic else { return alternatives([run]) }
            // A character alone may be a part of any pair: beside others it is let go.
            if run.scalars.count == 1 { return chunk.count == 1 ? [[run.text]] : [] }
            return zip(run.scalars, run.scalars.dropFirst()).map { [String([$0, $1])] }
        }
    }
}
