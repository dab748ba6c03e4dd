import Dispatching
import DomainContracts
import Foundation
import Testing

struct RuleSetTests {
    @Test("the rules that come with Mendloop are right, and name what they try in order")
    func standard() throws {
        let rules = try RuleSet(RuleSet.standardDocument, version: 1)
        #expect(
            rules.hardRuleNames == ["excluded", "tried", "skill", "territory", "product_line", "shift", "no_free_time"])
        #expect(throws: Never.self) { try RuleSet(RuleSet.nearestDocument, version: 2) }
    }

    @Test("a malformed rule set is refused with a pointer to each fault")
    func problems() throws {
        let document = try rules(
            #"""
            {"name": "",
             "hard": [{"rule": "skill", "must": true}, {"rule": "Own"}, {"rule": "own"}, {"rule": "shift"},
                      {"rule": "vip", "must": {"=": [1, 1]}}, {"rule": "skill"},
                      {"rule": "late", "when": {"==": [{"var": "engineer.grade"}, "senior"]}, "must": true}],
             "soft": [{"rule": "travel", "cost": "1"}, {"rule": "x", "cost": {"var": "engineer.shoeSize"}}]}
            """#)
        let problems = #expect(throws: RuleSetProblems.self) { try RuleSet(document, version: 2) }
        #expect(
            problems?.list.map { "\($0.pointer) \($0.code)" } == [
                "/data/rules/name length", "/data/rules/hard/0/must unexpected", "/data/rules/hard/1/rule format",
                "/data/rules/hard/2/must required", "/data/rules/hard/3/rule duplicate",
                "/data/rules/hard/4/must/= operator", "/data/rules/hard/5/rule duplicate",
                "/data/rules/hard/6/when/==/0/var path", "/data/rules/soft/0/cost type",
                "/data/rules/soft/1/cost/var path",
            ])
    }

    @Test("nothing to choose by is refused, and so is more than anybody reads")
    func counts() {
        let none = #expect(throws: RuleSetProblems.self) { try RuleSet(DispatchRules(name: "none"), version: 2) }
        #expect(none?.list.map(\.pointer) == ["/data/rules/soft"])
        let many = DispatchRules(
            name: "many",
            soft: (0..<51).map { SoftDispatchRule(rule: "r\($0)", cost: .int(1)) })
        let problems = #expect(throws: RuleSetProblems.self) { try RuleSet(many, version: 2) }
        #expect(problems?.list.map(\.code) == ["length"])
    }

    @Test("the examples can be put in force", arguments: ["seniors-first", "own-people-first", "two-for-lifts"])
    func examples(name: String) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../examples/rules/\(name).json")
        let document = try WireJSON.decoder().decode(DispatchRules.self, from: Data(contentsOf: file))
        #expect(throws: Never.self) { try RuleSet(document, version: 2) }
    }
}
