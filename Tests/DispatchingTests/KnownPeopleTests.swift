import DomainContracts
import Foundation
import Testing

@testable import Dispatching

/// Whom a customer wants and does not want, and who was there before, in decisions.
struct KnownPeopleTests {
    private func decider(_ document: DispatchRules = RuleSet.standardDocument) throws -> Decider {
        try Decider(document, [person(1), person(2, at: place(3)), person(3, at: place(6))])
    }

    private func terms(_ decision: Decision, _ rule: String) -> [UUID: Int] {
        decision.findings.candidates.reduce(into: [:]) { terms, candidate in
            let score = decision.findings.score(of: candidate)
            terms[score.engineerId] = score.terms.first { $0.rule == rule }?.cost ?? 0
        }
    }

    private func request(
        preferred: UUID? = nil, previous: UUID? = nil, tried: [UUID] = [], knowing people: KnownPeople
    ) -> JobRequest {
        var job = JobRequest(
            workOrderId: id(100), place: place(), seconds: 3600,
            range: Span(start: monday + 3600, end: monday + Planning.horizonSeconds), priority: .p3, tried: tried,
            preferred: preferred, previous: previous)
        job.consider(people)
        return job
    }

    @Test(
        "of several whom a customer prefers the best goes, though another is nearer; nobody here is as nobody preferred"
    )
    func anyOfThem() throws {
        var decider = try decider()
        let wanted = decider.decide(request(knowing: KnownPeople(preferred: [id(3), id(2)])))
        #expect(wanted.chosen == id(2))
        #expect(terms(wanted, "preferred") == [id(1): 80_000, id(2): 0, id(3): 0])
        let gone = decider.decide(request(knowing: KnownPeople(preferred: [id(99)])))
        #expect(gone.chosen == id(1) && terms(gone, "preferred").values.allSatisfy { $0 == 0 })
    }

    @Test("whom the order itself prefers comes before the customer's own, unless he may not go")
    func orderFirst() throws {
        var decider = try decider()
        let list = KnownPeople(preferred: [id(2)])
        #expect(decider.decide(request(preferred: id(3), knowing: list)).chosen == id(3))
        #expect(decider.decide(request(preferred: id(3), tried: [id(3)], knowing: list)).chosen == id(2))
        let without = KnownPeople(preferred: [id(2)], excluded: [id(3)])
        #expect(decider.decide(request(preferred: id(3), knowing: without)).chosen == id(2))
    }

    @Test("where only those may go whom a customer prefers, nobody else leads, not for want of them either")
    func preferredOnly() throws {
        var document = RuleSet.standardDocument
        document.hard.append(HardDispatchRule(rule: "preferred_only"))
        document.crew = [CrewDispatchRule(rule: "pairs", engineers: 2)]
        var decider = try decider(document)
        let list = KnownPeople(preferred: [id(2), id(3)])
        let decision = decider.decide(request(knowing: list))
        #expect(decision.excludedBy == [id(1): "preferred_only"])
        guard case .offer(let choice) = decision.outcome else {
            Issue.record("nobody may go")
            return
        }
        #expect(choice.engineerId != id(1) && choice.helpers.count == 1)
        #expect(decider.decide(request(knowing: KnownPeople())).excludedBy.isEmpty)
        let gone = decider.decide(request(knowing: KnownPeople(preferred: [id(99)])))
        #expect(gone.excludedBy.values.allSatisfy { $0 == "preferred_only" } && gone.chosen == nil)
        guard case .impossible(let deadlock) = gone.outcome else {
            Issue.record("somebody may go")
            return
        }
        #expect(deadlock.emptiedBy == "preferred_only")
        #expect(deadlock.nearestRelaxation?.code == "relax_preferred_only")
    }

    @Test("whom a customer excludes goes neither first nor along")
    func excluded() throws {
        var pairs = RuleSet.standardDocument
        pairs.crew = [CrewDispatchRule(rule: "pairs", engineers: 2)]
        var decider = try decider(pairs)
        let decision = decider.decide(request(knowing: KnownPeople(excluded: [id(1)])))
        #expect(decision.excludedBy == [id(1): "excluded"])
        guard case .offer(let choice) = decision.outcome else {
            Issue.record("nobody may go")
            return
        }
        #expect(Set([choice.engineerId] + choice.helpers.map(\.engineerId)) == [id(2), id(3)])
        let two = decider.decide(request(knowing: KnownPeople(excluded: [id(1), id(2)])))
        #expect(two.chosen == nil)
    }

    @Test("who was there is who accepted the order last, else who is known from before; somebody who has left was not")
    func continuity() throws {
        var decider = try decider()
        let known = decider.decide(request(knowing: KnownPeople(previous: id(2))))
        #expect(terms(known, "continuity") == [id(1): 120, id(2): 0, id(3): 120])
        let accepted = decider.decide(request(previous: id(3), knowing: KnownPeople(previous: id(2))))
        #expect(terms(accepted, "continuity") == [id(1): 120, id(2): 120, id(3): 0])
        let left = decider.decide(request(knowing: KnownPeople(previous: id(99))))
        #expect(terms(left, "continuity").values.allSatisfy { $0 == 0 })
    }

    @Test("no day plan hands a visit to whom its customer excludes")
    func dayPlan() throws {
        let people = [person(1, at: place(-10)), person(2, at: place(10))]
        let tests = BranchPlannerTests()
        func visits(_ known: KnownPeople) -> [BranchDay.Visit] {
            var visits = [
                tests.visit(11, of: 1, at: 11, planned: 12, window: (12, 14)),
                tests.visit(12, of: 2, at: -11, planned: 12, window: (12, 14)),
            ]
            visits[0].freedom?.job.consider(known)
            return visits
        }
        let plan = try tests.plan(visits(KnownPeople()), people)
        #expect(plan?.changes.contains { $0.assignmentId == id(11) && $0.to == id(2) } == true)
        let other = try tests.plan(visits(KnownPeople(excluded: [id(2)])), people)
        #expect(other?.changes.contains { $0.assignmentId == id(11) && $0.to == id(2) } ?? false == false)
    }
}
