import Dispatching
import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import DispatchService

struct PublishRulesTests {
    private let travelOnly = DispatchRules(name: "travel", soft: [SoftDispatchRule(rule: "travel", cost: .int(1))])

    @Test("a rule set gets the next version; the same one again changes nothing")
    func versions() throws {
        var bench = DeciderBench(.dispatch, now: monday)
        #expect(try bench.send(SetRules(rules: travelOnly), to: PublishRules()).version == 2)
        #expect(try bench.send(SetRules(rules: travelOnly), to: PublishRules()).version == 2)
        #expect(bench.all(RulesChanged.self).map(\.ruleSetVersion) == [2])
        #expect(
            try bench.send(SetRules(rules: RuleSet.standardDocument, expectedVersion: 2), to: PublishRules()).version
                == 3)
    }

    @Test("whoever edited an older version is told")
    func stale() throws {
        var bench = DeciderBench(.dispatch, now: monday)
        try bench.send(SetRules(rules: travelOnly), to: PublishRules())
        let refusal = #expect(throws: Refusal.self) {
            try bench.send(SetRules(rules: RuleSet.standardDocument, expectedVersion: 1), to: PublishRules())
        }
        #expect(refusal?.problem.code == "rules-changed")
    }

    @Test("a malformed rule set is refused with its pointers, and nothing changes")
    func malformed() throws {
        var bench = DeciderBench(.dispatch, now: monday)
        var rules = travelOnly
        rules.soft[0].cost = .object(["vra": .string("engineer.grade")])
        let refusal = #expect(throws: Refusal.self) { try bench.send(SetRules(rules: rules), to: PublishRules()) }
        #expect(refusal?.problem.errors.map(\.pointer) == ["/data/rules/soft/0/cost/vra"])
        #expect(bench.events.isEmpty)
    }
}
