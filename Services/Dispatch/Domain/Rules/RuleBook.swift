import Dispatching
import DomainContracts
import FoundationEssentials

/// The rules in force 派工规则. There is one; where there is none yet, the standard rules hold.
struct RuleBook: Codable, Sendable, Equatable {
    private(set) var ruleSetVersion: Int
    private(set) var rules: DispatchRules

    static let id = UUID(uuid: (0x6d, 0x65, 0x6e, 0x64, 0, 0, 0x50, 0, 0x80, 0, 0, 0, 0, 0, 0, 1))
    static let standard = RuleBook(
        ruleSetVersion: RuleSet.standardVersion, rules: RuleSet.standardDocument)

    /// Puts other rules in force; answers them as they are kept for ever.
    mutating func publish(_ rules: DispatchRules, at moment: Date, by author: String?) -> PublishedRules {
        ruleSetVersion += 1
        self.rules = rules
        return PublishedRules(
            ruleSetVersion: ruleSetVersion, rules: rules, publishedAt: moment, publishedBy: author)
    }

    /// - Throws: `RuleSetProblems` when the rules were published by a Mendloop that knew more than this one.
    func ruleSet() throws(RuleSetProblems) -> RuleSet { try RuleSet(rules, version: ruleSetVersion) }
}

/// A rule set as it was published; decisions name it by its version.
struct PublishedRules: Codable, Sendable, Equatable {
    var ruleSetVersion: Int
    var rules: DispatchRules
    var publishedAt: Date
    var publishedBy: String?
}
