import Dispatching
import DomainContracts
import Foundation
import Postgres
import ServiceTesting
import Testing

@testable import DispatchService
@testable import ServiceKit

/// Rule sets, explanations and dry runs on the real schema.
struct RulesInDatabaseTests {
    typealias Service = DatabaseTests.Service

    private func company(_ count: Int = 3) async throws -> Service {
        let service = try await Service()
        for number in 1...count {
            var engineer = registration(number)
            engineer.grade = number == count ? "expert" : "junior"
            try await service.handle([engineer])
            try await service.handle([SetShift(engineerId: uuid(number), utcOffsetMinutes: 480, weekly: weekly)])
        }
        return service
    }

    private func expertsOnly() throws -> DispatchRules {
        try WireJSON.decoder().decode(
            DispatchRules.self,
            from: Data(
                #"""
                {"name": "experts only",
                 "hard": [{"rule": "skill"}, {"rule": "experts", "must": {"==": [{"var": "engineer.grade"}, "expert"]}}],
                 "soft": [{"rule": "travel", "cost": 1}]}
                """#.utf8))
    }

    private func rules(_ service: Service, version: Int? = nil) async throws -> RulesAnswer {
        try await service.pool.withConnection {
            try await ShowRules().answer(RulesQuery(ruleSetVersion: version), on: $0)
        }
    }

    private func decisions(_ service: Service, _ workOrder: UUID, of engineer: UUID? = nil) async throws
        -> [DecisionView]
    {
        try await service.pool.withConnection {
            try await ShowDecisions().answer(DecisionsQuery(workOrderId: workOrder, engineerId: engineer), on: $0)
        }.decisions
    }

    private func simulate(_ service: Service, _ query: SimulateRules) async throws -> RulesSimulated {
        try await service.pool.withConnection { try await DryRunRules().answer(query, on: $0) }
    }

    @Test("from the moment rules are published the dispatcher decides by them; every version stays readable")
    func published() async throws {
        let service = try await company()
        #expect(try await rules(service).ruleSetVersion == RuleSet.standardVersion)
        #expect(try await rules(service).rules == RuleSet.standardDocument)
        try await service.handle([opened(1000)])
        try await service.step()
        try await service.handle([SetRules(rules: try expertsOnly(), expectedVersion: 1)])
        try await service.handle([opened(1001)])
        try await service.step()
        let before = try #require(try await service.assignments(uuid(1000)).first)
        let after = try #require(try await service.assignments(uuid(1001)).first)
        #expect(before.explanation.ruleSetVersion == 1)
        #expect(after.explanation.ruleSetVersion == 2 && after.engineerId == uuid(3))
        #expect(after.explanation.excluded == [RuleExclusion(rule: "experts", count: 2)])
        #expect(try await rules(service).rules == expertsOnly())
        #expect(try await rules(service, version: 1).rules == RuleSet.standardDocument)
        #expect(try await rules(service, version: 2).publishedBy == "tester")
        #expect(try await rules(service, version: 3).rules == nil)
        #expect(try await service.events(RulesChanged.wireType) == 1)
        await service.pool.close()
    }

    @Test("a job that nobody might take is tried again as soon as the rules let somebody")
    func unblocked() async throws {
        let service = try await company()
        var nobody = try expertsOnly()
        nobody.hard[1].must = .bool(false)
        try await service.handle([SetRules(rules: nobody)])
        try await service.handle([opened(1000)])
        try await service.step()
        #expect(try await service.step() == false)
        let stuck = try #require(try await decisions(service, uuid(1000)).first)
        #expect(stuck.emptiedBy == "experts" && stuck.engineerId == nil)
        #expect(stuck.verdicts.map(\.excludedBy) == ["experts", "experts", "experts"])
        #expect(stuck.nearestRelaxation?.code == "relax_experts")
        try await service.handle([SetRules(rules: try expertsOnly())])
        try await service.step()
        #expect(try await service.assignments(uuid(1000)).first?.engineerId == uuid(3))
        await service.pool.close()
    }

    @Test("every engineer has an answer to why not he, also after the engineers have changed")
    func explained() async throws {
        let service = try await company()
        try await service.handle([registration(4, skills: [], name: "王")])
        try await service.handle([opened(1000)])
        try await service.step()
        for other in 1001...1002 {
            try await service.handle([opened(other)])
            try await service.step()
            #expect(try await decisions(service, uuid(other)).first?.considered == 4)
        }
        let stored = try await service.pool.query("SELECT count(*) AS n FROM roster_snapshot")
        #expect(try stored.first?.get("n", as: Int.self) == 1)
        try await service.handle([registration(5)])
        let decision = try #require(try await decisions(service, uuid(1000)).first)
        #expect(decision.considered == 4 && decision.verdicts.count == 4)
        #expect(decision.verdicts.first?.engineerId == decision.engineerId)
        let offer = try #require(try await service.assignments(uuid(1000)).first)
        #expect(decision.assignmentId == offer.assignmentId)
        #expect(decision.verdicts.first?.start == offer.window?.start)
        for verdict in decision.verdicts where verdict.excludedBy == nil {
            #expect(verdict.total == verdict.terms.reduce(0) { $0 + $1.cost })
            #expect(verdict.start != nil)
        }
        let untaught = try #require(try await decisions(service, uuid(1000), of: uuid(4)).first?.verdicts)
        #expect(untaught.map(\.excludedBy) == ["skill"] && untaught.first?.name == "王")
        await service.pool.close()
    }

    @Test("a dry run answers who would go elsewhere and changes nothing; the rules in force differ in nothing")
    func dryRun() async throws {
        let service = try await company()
        try await service.handle((1000..<1012).map { opened($0) })
        let same = try await simulate(service, SimulateRules())
        #expect(same.workOrders == 12 && same.elsewhere == 0 && same.current == same.draft)
        let experts = try await simulate(service, SimulateRules(rules: try expertsOnly()))
        #expect(experts.elsewhere == 8 && experts.draft.assigned == 12)
        #expect(experts.engineers.first { $0.engineerId == uuid(3) }?.draftVisits == 12)
        #expect(experts.examples.count == 8 && experts.examples.allSatisfy { $0.to == uuid(3) })
        #expect(try await simulate(service, SimulateRules(from: hours(1))).workOrders == 0)
        var malformed = try expertsOnly()
        malformed.soft = []
        #expect(
            try await simulate(service, SimulateRules(rules: malformed)).errors.map(\.pointer) == ["/data/rules/soft"])
        #expect(try await service.totals().assignmentsByStatus.isEmpty)
        await service.pool.close()
    }
}
