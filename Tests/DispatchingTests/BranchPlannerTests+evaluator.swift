import DomainContracts
import Foundation
import Testing

@testable import Dispatching

/// What the check of a plan's times and hands lets pass, and what it does not.
extension BranchPlannerTests {
    typealias Move = (visit: UInt8, from: UInt8, to: UInt8, hour: Double, hours: Double)

    /// One with a break at noon, one who does nothing but easy work, and one who makes one visit a day.
    private var crew: [Person] {
        var third = person(3)
        third.visitsPerDay = 1
        return [person(1, lunch: (12, 0.5)), person(2, skills: [:]), third]
    }

    private var visits: [BranchDay.Visit] {
        [
            visit(11, of: 1, at: 0, planned: 13, window: (11, 15), skill: "hvac"),
            visit(12, of: 1, at: 8, planned: 15, window: (14, 17)),
            visit(13, of: 1, at: 0, planned: 10.5, window: (10, 14)),
            visit(14, of: 2, at: 0, planned: 14, window: nil),
            visit(31, of: 3, at: 0, planned: 15, window: (14, 17)),
        ]
    }

    private func fault(_ moves: [Move], now: Int = now) throws -> String? {
        let day = BranchDay(now: now, engineers: crew.map(\.id), visits: visits, travel: .estimate)
        var evaluator = DayPlanEvaluator(day, CompiledRules(try RuleSet(Self.rules, version: 1), Roster(crew)))
        let changes = moves.map { move in
            DayPlan.Change(
                assignmentId: id(move.visit), from: id(move.from), to: id(move.to),
                span: Span(start: at(move.hour), end: at(move.hour) + Int(move.hours * 3600)), travelMinutes: 0)
        }
        do throws(BrokenDayPlan) {
            try evaluator.check(DayPlan(changes: changes, visits: 5, travelBefore: 0, travelAfter: 0))
            return nil
        } catch {
            return error.description
        }
    }

    @Test("what keeps every promise and can be driven passes, alone and together")
    func holds() throws {
        #expect(try fault([(11, 1, 1, 13.5, 1)]) == nil)
        #expect(try fault([(12, 1, 2, 15.5, 1)]) == nil)
        #expect(try fault([(11, 1, 1, 12.5, 1), (12, 1, 1, 14.5, 1)]) == nil)
    }

    @Test(
        "what breaks something is refused, and says what",
        arguments: [
            ([(11, 1, 1, 14.9, 1)], "begins at another time than promised"),
            ([(13, 1, 1, 12.5, 1)], "is too soon to be moved"),
            ([(14, 2, 2, 15, 1)], "is pinned"), ([(11, 2, 2, 13, 1)], "is somebody else's"),
            ([(11, 1, 1, 13.5, 0.5)], "takes another time"),
            ([(11, 1, 1, 13.5, 1), (11, 1, 1, 13, 1)], "is changed twice"),
            ([(99, 1, 1, 13.5, 1)], "is no visit of the day"),
            ([(11, 1, 2, 12.5, 1)], "goes to somebody who may not have it"),
            ([(12, 1, 3, 14, 1)], "is more than he makes in a day"),
            // Three kilometres to an hour's work that ends when the next begins, eight away.
            ([(11, 1, 1, 14, 1)], "begins before he can be there"),
            ([(12, 1, 1, 16.5, 1)], "ends after the shift"), ([(11, 1, 1, 11.75, 1)], "lies over a break"),
        ] as [([Move], String)])
    func broken(moves: [Move], fault: String) throws {
        let found = try self.fault(moves)
        #expect(found?.contains(fault) == true, "\(found ?? "nothing")")
    }

    @Test("nobody is handed anything while he is off duty")
    func offDuty() throws {
        #expect(try fault([(12, 1, 2, 15.5, 1)], now: monday - 3600)?.contains("is off duty now") == true)
    }

    @Test("room for an emergency is looked at as a plan is, and so is what takes it")
    func emergency() throws {
        let job = JobRequest(
            workOrderId: id(99), place: place(), seconds: 3600,
            range: Span(start: Self.now, end: Self.now + Planning.horizonSeconds), priority: .p1,
            required: [SkillLevel(skill: "hvac", level: 2)])
        let day = BranchDay(now: Self.now, engineers: crew.map(\.id), visits: visits, travel: .estimate)
        func fault(_ engineer: UInt8, _ hour: Double, _ hours: Double = 1) throws -> String? {
            let room = Room(
                engineerId: id(engineer), span: Span(start: at(hour), end: at(hour) + Int(hours * 3600)),
                travelMinutes: 0, plan: DayPlan(changes: [], visits: 5, travelBefore: 0, travelAfter: 0))
            var evaluator = DayPlanEvaluator(day, CompiledRules(try RuleSet(Self.rules, version: 1), Roster(crew)))
            do throws(BrokenDayPlan) {
                try evaluator.check(room, for: job, Arrivals(earliest: at(10.25), latest: at(14)))
                return nil
            } catch {
                return error.description
            }
        }
        #expect(try fault(3, 13) != nil)
        #expect(try fault(1, 11.5)?.contains("lies over a break") == true)
        #expect(try fault(2, 11)?.contains("may not have it") == true)
        #expect(try fault(1, 12.5)?.contains("before he can be there") == true)
        #expect(try fault(1, 14.5)?.contains("at another time than promised") == true)
        #expect(try fault(1, 10.25, 0.25)?.contains("takes another time than the job") == true)
    }

    @Test("who has just been far away cannot be here at once")
    func past() throws {
        let far = visit(15, of: 1, at: 60, planned: 8.75, window: nil)
        let day = BranchDay(now: Self.now, engineers: crew.map(\.id), visits: [far], travel: .estimate)
        var evaluator = DayPlanEvaluator(day, CompiledRules(try RuleSet(Self.rules, version: 1), Roster(crew)))
        let room = Room(
            engineerId: id(1), span: Span(start: at(10.5), end: at(11.5)), travelMinutes: 0,
            plan: DayPlan(changes: [], visits: 1, travelBefore: 0, travelAfter: 0))
        #expect(throws: BrokenDayPlan.self) {
            try evaluator.check(room, for: request(99), Arrivals(earliest: at(10.25), latest: at(14)))
        }
    }

    @Test("who is booked for the evening is given nothing from which he would come late to that")
    func evening() throws {
        let people = [person(1), person(2, at: place(30))]
        func plan(evening: Double) throws -> DayPlan? {
            try self.plan(
                [
                    visit(11, of: 1, at: 0, planned: evening, window: nil),
                    visit(12, of: 2, at: 8, planned: 16, window: (16, 17)),
                ], people)
        }
        #expect(try plan(evening: 17.5)?.changes.map(\.to) == [id(1)])
        #expect(try plan(evening: 17) == nil)
    }

    @Test("how early tomorrow's first visit is, is no matter of what is moved today")
    func tomorrow() throws {
        // He lives so far off that he comes seven minutes late, which is not worth telling.
        let people = [person(1, at: place(8)), person(2)]
        let visits = [
            visit(11, of: 1, at: 0, planned: 32.25, window: (32, 34)),
            visit(12, of: 1, at: 0, planned: 14, window: (13, 16)),
        ]
        let day = BranchDay(now: Self.now, engineers: people.map(\.id), visits: visits, travel: .estimate)
        var evaluator = DayPlanEvaluator(day, CompiledRules(try RuleSet(Self.rules, version: 1), Roster(people)))
        let handOver = DayPlan.Change(
            assignmentId: id(12), from: id(1), to: id(2), span: visits[1].span, travelMinutes: 0)
        #expect(throws: Never.self) {
            try evaluator.check(DayPlan(changes: [handOver], visits: 2, travelBefore: 0, travelAfter: 0))
        }
    }
}
