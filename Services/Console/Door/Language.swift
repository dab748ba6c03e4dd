import Foundation

/// A language that answers are put into.
enum Language: String, CaseIterable, Sendable {
    case chinese = "zh-Hans"
    case english = "en"

    /// The one that `Accept-Language` (RFC 9110 §12.5.4) likes best; English where it likes neither, or says nothing.
    init(_ accepted: String?) {
        var best = (language: Language.english, weight: 0.0)
        for range in (accepted ?? "").split(separator: ",") {
            let parts = range.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
            guard let tag = parts.first else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            let language: Language? =
                tag.hasPrefix("zh") ? .chinese : tag.hasPrefix("en") || tag == "*" ? .english : nil
            if let language, weight > best.weight { best = (language, weight) }
        }
        self = best.language
    }
}
