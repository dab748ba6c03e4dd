import Dispatching
import DomainContracts
import Foundation
import Testing

struct DecisionTests {
    private static let seniorsFirst = #"""
        {"name": "seniors",
         "hard": [{"rule": "skill"},
                  {"rule": "senior_for_p1", "when": {"==": [{"var": "workOrder.priority"}, "p1"]},
                   "must": {"==": [{"var": "engineer.grade"}, "senior"]}}],
         "soft": [{"rule": "travel", "cost": 2}, {"rule": "waiting", "cost": 1},
                  {"rule": "learns", "cost": {"if": [{"<": [{"var": "engineer.skills.hvac"}, 3]}, -50, 0]}}]}
        """#

    @Test("a company's own hard rule holds where its condition does, and is named for everybody it excludes")
    func ownHardRule() throws {
        var decider = try Decider(
            try rules(Self.seniorsFirst), [person(1), person(2, at: place(9), grade: "senior"), person(3)])
        let urgent = decider.decide(request(priority: .p1))
        #expect(urgent.chosen == id(2))
        #expect(urgent.excludedBy == [id(1): "senior_for_p1", id(3): "senior_for_p1"])
        #expect(decider.decide(request()).chosen == id(1))
    }

    @Test("an own soft rule weighs by engineer, and may speak for somebody")
    func ownSoftRule() throws {
        var decider = try Decider(
            try rules(Self.seniorsFirst), [person(1), person(2, at: place(3), skills: ["hvac": 1])])
        let decision = decider.decide(request())
        #expect(decision.chosen == id(2))
        let best = try #require(decision.findings.candidates.first)
        let score = decision.findings.score(of: best)
        #expect(score.terms.contains(ScoreTerm(rule: "learns", cost: -50)))
        #expect(score.total == score.terms.reduce(0) { $0 + $1.cost })
    }

    @Test("who has the parts in his van need not fetch them: that is worth a way, or by a hard rule all")
    func parts() throws {
        let pump = [PlannedPart(partCode: "pump", quantity: 2)]
        var job = request()
        job.vans = PartsInVans(pump, in: [id(2): ["pump": 3, "fan": 1], id(3): ["pump": 1]])
        let people = [person(1), person(2, at: place(3)), person(3)]
        var decider = try Decider(RuleSet.standardDocument, people)
        let decision = decider.decide(job)
        #expect(decision.chosen == id(2))
        let missing = decision.findings.candidates.map { candidate in
            decision.findings.score(of: candidate).terms.first { $0.rule == "missing_parts" }?.cost ?? 0
        }
        #expect(missing.sorted() == [0, 240, 480])
        #expect(decider.decide(request()).chosen == id(1))
        var strict = RuleSet.standardDocument
        strict.hard.append(HardDispatchRule(rule: "parts_in_van"))
        decider = try Decider(strict, people)
        #expect(decider.decide(job).excludedBy == [id(1): "parts_in_van", id(3): "parts_in_van"])
        #expect(decider.decide(request()).excludedBy.isEmpty)
    }

    @Test("who has to fetch what a visit takes comes by way of his depot, and that is part of his way")
    func depot() throws {
        var job = request()
        job.vans = PartsInVans([PlannedPart(partCode: "pump", quantity: 1)], in: [:])
        var engineer = person(1)
        engineer.depot = place(10)
        func slot(_ job: JobRequest) throws -> Slot {
            var decider = try Decider(RuleSet.standardDocument, [engineer])
            guard case .offer(let choice) = decider.decide(job).outcome else { throw CancellationError() }
            return choice.slot
        }
        let back = fetched(by: 10, leaving: monday)
        #expect(back > monday + 3600)
        #expect(try slot(job).span.start == (back + 899) / 900 * 900)
        #expect(try slot(job).travelMinutes == (back - monday - 600 + 59) / 60)
        #expect(try slot(request()).span.start == monday + 60 * 60)
        job.vans = PartsInVans([PlannedPart(partCode: "pump", quantity: 1)], in: [id(1): ["pump": 1]])
        #expect(try slot(job).travelMinutes == 0)
    }

    @Test("who decides on another visit finds the way by the depot taken")
    func depotBefore() throws {
        var engineer = person(1)
        engineer.depot = place(10)
        var decider = try Decider(RuleSet.standardDocument, [engineer])
        func second(fetches: Bool) throws -> Int {
            var board = Board(decider.roster, range: Board.range(for: [request()], now: monday), travel: .estimate)
            let span = Span(start: monday + 9_000, end: monday + 12_600)
            board.set([Timeline.Stop(span: span, point: TravelPoint(place()), fetches: fetches)], of: 0)
            guard case .offer(let choice) = decider.decide(request(), on: &board, now: monday).outcome else {
                throw CancellationError()
            }
            return choice.slot.span.start
        }
        // From nine on there is an hour and a half before it, of which the way takes more than an hour.
        #expect(try second(fetches: false) == monday + 3_600)
        #expect(try second(fetches: true) == monday + 12_600)
    }

    @Test("every engineer has a verdict: the rule that excludes him or what he would cost")
    func everybody() throws {
        let people = (1...40).map {
            person(
                UInt8($0), at: place($0), grade: $0 % 3 == 0 ? "senior" : "engineer",
                regions: $0 % 5 == 0 ? ["32"] : [])
        }
        var document = try rules(Self.seniorsFirst)
        document.hard.append(HardDispatchRule(rule: "territory"))
        var decider = try Decider(document, people)
        let decision = decider.decide(request(priority: .p1))
        let candidates = decision.findings.candidates
        #expect(candidates.count + decision.excludedBy.count == 40)
        #expect(candidates.count == 11)
        for candidate in candidates {
            let score = decision.findings.score(of: candidate)
            #expect(score.total == score.terms.reduce(0) { $0 + $1.cost })
        }
        let ranked = candidates.prefix(Decider.ranked).map(\.total)
        #expect(ranked == ranked.sorted())
        #expect(candidates.dropFirst(Decider.ranked).allSatisfy { $0.total >= ranked.last ?? .max })
    }

    @Test("a detour is weighed against waiting: who passes by tomorrow may be better than who crosses the city today")
    func detourAgainstWaiting() throws {
        let people = [person(1, at: place(30))]
        var decider = try Decider(
            try rules(
                #"{"name": "patient", "soft": [{"rule": "travel", "cost": 10}, {"rule": "waiting", "cost": 1}]}"#),
            people)
        var board = Board(
            decider.roster, range: Span(start: monday, end: monday + 9 * 86_400), travel: .estimate)
        let tomorrow = Span(start: monday + 26 * 3600, end: monday + 27 * 3600)
        board.enter(Timeline.Stop(span: tomorrow, point: TravelPoint(place())), of: 0)
        guard case .offer(let choice) = decider.decide(request(), on: &board, now: monday).outcome else {
            Issue.record("nobody may go")
            return
        }
        #expect(choice.slot.span.start >= tomorrow.end)
        #expect(choice.slot.detourMinutes == 0)
    }

    @Test("whom an own rule alone keeps out is the nearest relaxation")
    func relaxation() throws {
        var decider = try Decider(
            try rules(Self.seniorsFirst), [person(1), person(2, skills: ["tiling": 5], grade: "senior")])
        let job = JobRequest(
            workOrderId: id(100), place: place(), seconds: 3600,
            range: Span(start: monday + 3600, end: monday + Planning.horizonSeconds), priority: .p1,
            required: [SkillLevel(skill: "hvac", level: 2)],
            facts: .object(["workOrder": .object(["priority": .string("p1")])]))
        guard case .impossible(let deadlock) = decider.decide(job).outcome else {
            Issue.record("somebody may go")
            return
        }
        #expect(deadlock.emptiedBy == "senior_for_p1")
        #expect(deadlock.nearestRelaxation?.code == "relax_senior_for_p1")
        #expect(deadlock.nearestRelaxation?.parameters["engineerId"] == id(1).text)
    }

    @Test("what the rules work out once is what they would work out each time", arguments: [1, 2, 3] as [UInt64])
    func keptAnswers(seed: UInt64) throws {
        let people = (1...70).map {
            person(UInt8($0), at: place($0 % 9), skills: ["hvac": $0 % 5], grade: $0 % 4 == 0 ? "senior" : "engineer")
        }
        let document = try rules(Self.seniorsFirst)
        var kept = try Decider(document, people)
        var state = seed
        for number in 0..<60 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let job = request(
                UInt8(number), at: place(Int(state >> 60)), priority: [.p1, .p2, .p3][Int(state >> 40) % 3])
            var fresh = try Decider(document, people)
            let (a, b) = (kept.decide(job), fresh.decide(job))
            #expect(a.chosen == b.chosen)
            #expect(a.findings.brokenBy == b.findings.brokenBy)
            #expect(a.findings.candidates.map(\.total) == b.findings.candidates.map(\.total))
        }
    }
}
