import Dispatching
import DomainContracts
import Foundation
import Testing

/// Visits that take several engineers.
struct CrewTests {
    private static let pairs = #"""
        {"name": "pairs", "hard": [{"rule": "skill"}],
         "soft": [{"rule": "travel", "cost": 8}, {"rule": "waiting", "cost": 1}],
         "crew": [{"rule": "two_for_lifts", "when": {"==": [{"var": "workOrder.category"}, "lift"]}, "engineers": 2,
                   "helperSkills": [{"skill": "rigging", "level": 2}]},
                  {"rule": "three_when_urgent", "when": {"and": [{"==": [{"var": "workOrder.category"}, "lift"]},
                                                                 {"==": [{"var": "workOrder.priority"}, "p1"]}]},
                   "engineers": 3}]}
        """#

    private static let lift: [String: JSONValue] = ["category": .string("lift")]

    private func people() -> [Person] {
        [
            person(1), person(2, skills: ["rigging": 2]), person(3, at: place(9), skills: ["rigging": 3]),
            person(4, skills: ["rigging": 1]),
        ]
    }

    private func lift(_ number: UInt8 = 100, priority: Priority = .p3) -> JobRequest {
        request(number, priority: priority, facts: Self.lift)
    }

    private func choice(_ decision: Decision) throws -> Decision.Choice {
        guard case .offer(let choice) = decision.outcome else { throw Nobody() }
        return choice
    }

    private struct Nobody: Error {}

    @Test("the cheapest helper who is able goes along, at the same time, and the explanation says why")
    func pair() throws {
        var decider = try Decider(try rules(Self.pairs), people())
        let choice = try choice(decider.decide(lift()))
        #expect(choice.helpers.map(\.engineerId) == [id(2)])
        #expect(choice.helpers.map(\.slot.span) == [choice.slot.span])
        #expect(choice.explanation.crew?.rule == "two_for_lifts")
        #expect(choice.explanation.crew?.wanted == 1)
        #expect(choice.explanation.crew?.helpers.map(\.engineerId) == [id(2)])
        #expect(try self.choice(decider.decide(request())).helpers.isEmpty)
    }

    @Test("of several rules that hold the one that asks for most counts")
    func mostCounts() throws {
        var decider = try Decider(try rules(Self.pairs), people())
        let choice = try choice(decider.decide(lift(priority: .p1)))
        #expect(choice.explanation.crew?.rule == "three_when_urgent")
        #expect(choice.helpers.count == 2)
        #expect(!choice.helpers.map(\.engineerId).contains(choice.engineerId))
    }

    @Test("the visit waits until a helper is free as well, and not longer")
    func common() throws {
        var decider = try Decider(try rules(Self.pairs), [person(1), person(2, skills: ["rigging": 2])])
        var board = Board(decider.roster, range: Board.range(for: [lift()], now: monday), travel: .estimate)
        let busy = Span(start: monday, end: monday + 5 * 3600)
        board.set([Timeline.Stop(span: busy, point: TravelPoint(place()))], of: 1)
        let decision = decider.decide(lift(), on: &board, now: monday)
        let choice = try choice(decision)
        #expect(choice.slot.span.start == busy.end)
        // Both are taken now: the next visit of the two comes after.
        let next = try self.choice(decider.decide(lift(101), on: &board, now: monday))
        #expect(next.slot.span.start == choice.slot.span.end)
        #expect(next.helpers.map(\.engineerId) == [id(2)])
    }

    @Test("nobody leads and helps at once: where both could lead, they go together")
    func eitherLeads() throws {
        let both = ["hvac": 3, "rigging": 2]
        var decider = try Decider(try rules(Self.pairs), [person(1, skills: both), person(2, skills: both)])
        let choice = try choice(decider.decide(lift()))
        #expect(Set([choice.engineerId] + choice.helpers.map(\.engineerId)) == [id(1), id(2)])
    }

    @Test("where too few can help, the crew rule is named, and what would help")
    func tooFew() throws {
        var decider = try Decider(try rules(Self.pairs), [person(1), person(4, skills: ["rigging": 1])])
        let decision = decider.decide(lift())
        guard case .impossible(let deadlock) = decision.outcome else {
            Issue.record("somebody goes alone")
            return
        }
        #expect(deadlock.emptiedBy == "two_for_lifts")
        #expect(deadlock.nearestRelaxation?.code == "relax_two_for_lifts")
        #expect(decision.excludedBy == [id(1): "two_for_lifts", id(4): "two_for_lifts"])
    }

    @Test("a settled visit gets the helpers that it lacks, and keeps those it has")
    func refill() throws {
        var decider = try Decider(try rules(Self.pairs), people())
        let job = lift(priority: .p1)
        var board = Board(decider.roster, range: Board.range(for: [job], now: monday), travel: .estimate)
        let span = Span(start: monday + 7000, end: monday + 10_600)
        let found = try #require(
            decider.findHelpers(for: job, at: span, besides: [id(1), id(2)], on: &board, now: monday))
        #expect(found.helpers.map(\.engineerId) == [id(4)])
        #expect(found.helpers.map(\.slot.span) == [span])
        let alone = decider.findHelpers(
            for: job, at: span, besides: [id(1), id(2), id(3)], on: &board, now: monday)
        #expect(alone?.helpers.isEmpty == true)
    }

    @Test("a crew rule is checked like the others")
    func checked() throws {
        let wrong = try rules(
            #"""
            {"name": "n", "hard": [], "soft": [{"rule": "travel", "cost": 1}],
             "crew": [{"rule": "travel", "engineers": 2}, {"rule": "alone", "engineers": 1},
                      {"rule": "odd", "engineers": 2, "when": {"var": "engineer.grade"},
                       "helperSkills": [{"skill": "", "level": 9}]}]}
            """#)
        let problems = #expect(throws: RuleSetProblems.self) { try RuleSet(wrong, version: 2) }
        #expect(
            problems?.list.map(\.pointer) == [
                "/data/rules/crew/0/rule", "/data/rules/crew/1/engineers", "/data/rules/crew/2/when/var",
                "/data/rules/crew/2/helperSkills/0",
            ])
    }
}
