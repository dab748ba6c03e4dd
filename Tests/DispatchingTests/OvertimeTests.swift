import DomainContracts
import Foundation
import Testing

@testable import Dispatching

/// Visits that last longer than a shift, where somebody may be asked for that.
struct OvertimeTests {
    /// By the clock on Monday; everybody is on duty from eight to five.
    private func at(_ hour: Double) -> Int { monday + Int((hour - 8) * 3600) }

    private func worker(_ number: UInt8 = 1, overtime: Int?, at home: Place = place()) -> Person {
        var worker = person(number, at: home)
        worker.shifts?.overtimeMinutes = overtime
        return worker
    }

    /// Those who are booked until half past four, where the job is.
    private func board(_ decider: Decider, busy: [Int], until hour: Double = 16.5) -> Board {
        var board = Board(
            decider.roster, range: Span(start: monday, end: monday + 9 * 86_400), travel: .estimate)
        for member in busy {
            let span = Span(start: at(8), end: at(hour))
            board.enter(Timeline.Stop(span: span, point: TravelPoint(place())), of: member)
        }
        return board
    }

    private func decide(
        _ job: JobRequest, _ people: [Person], busy: [Int] = [0], _ document: DispatchRules = RuleSet.standardDocument,
        now: Int = monday
    ) throws -> (chosen: UUID, start: Int, decision: Decision) {
        var decider = try Decider(document, people)
        var board = board(decider, busy: busy)
        let decision = decider.decide(job, on: &board, now: now)
        guard case .offer(let choice) = decision.outcome else { throw NobodyMayGo() }
        return (choice.engineerId, choice.slot.span.start, decision)
    }

    private struct NobodyMayGo: Error {}

    private var urgent: JobRequest { request(priority: .p1, due: at(18)) }

    @Test("an urgent promise that the night would break is kept in overtime, and the reasons say what that costs")
    func urgentPromise() throws {
        let (_, start, decision) = try decide(urgent, [worker(overtime: 120)])
        #expect(start == at(16.5))
        let best = try #require(decision.findings.candidates.first)
        let score = decision.findings.score(of: best)
        #expect(score.terms.contains(ScoreTerm(rule: "overtime", cost: 30 * 300)))
        #expect(score.total == score.terms.reduce(0) { $0 + $1.cost })
    }

    @Test(
        "what can wait goes in the morning, and after a weekend too; so does what is urgent and late by neither",
        arguments: [Priority.p1, .p2, .p3, .p4])
    func morning(priority: Priority) throws {
        #expect(try decide(request(priority: priority), [worker(overtime: 120)]).start == at(32))
        let friday = 4 * 86_400
        var decider = try Decider(RuleSet.standardDocument, [worker(overtime: 120)])
        var board = Board(
            decider.roster, range: Span(start: monday, end: monday + 14 * 86_400), travel: .estimate)
        let busy = Span(start: at(8) + friday, end: at(16.5) + friday)
        board.enter(Timeline.Stop(span: busy, point: TravelPoint(place())), of: 0)
        let job = request(priority: priority, now: monday + friday)
        guard case .offer(let choice) = decider.decide(job, on: &board, now: monday + friday).outcome else {
            throw NobodyMayGo()
        }
        #expect(choice.slot.span.start == at(8) + friday + 3 * 86_400)
    }

    @Test("of a promise that is not urgent three quarters of an hour are the most that a night is worth")
    func lessUrgent() throws {
        func start(_ priority: Priority, minutes: Int) throws -> Int {
            let job = JobRequest(
                workOrderId: id(100), place: place(), seconds: minutes * 60,
                range: Span(start: at(9), end: at(9) + Planning.horizonSeconds), dueAt: at(18), priority: priority)
            return try decide(job, [worker(overtime: 240)]).start
        }
        #expect(try start(.p3, minutes: 75) == at(16.5) && start(.p3, minutes: 80) == at(32))
        #expect(try start(.p4, minutes: 50) == at(16.5) && start(.p4, minutes: 60) == at(32))
        #expect(try start(.p1, minutes: 200) == at(16.5) && start(.p1, minutes: 220) == at(32))
    }

    @Test("whoever is free in his shift goes before anybody in overtime, however far he has to come")
    func othersFirst() throws {
        let people = [worker(overtime: 120), worker(2, overtime: nil, at: place(30))]
        #expect(try decide(urgent, people).chosen == id(2))
        #expect(try decide(urgent, people, busy: [0, 1]).chosen == id(1))
    }

    @Test("nobody works longer than he may, without a rule that charges for it, or once he has gone home")
    func bounds() throws {
        #expect(try decide(urgent, [worker(overtime: 30)]).start == at(16.5))
        #expect(try decide(urgent, [worker(overtime: 29)]).start == at(32))
        for overtime in [0, nil] { #expect(try decide(urgent, [worker(overtime: overtime)]).start == at(32)) }
        var free = RuleSet.standardDocument
        for index in free.soft.indices where free.soft[index].rule == "overtime" { free.soft[index].cost = .int(0) }
        #expect(try decide(urgent, [worker(overtime: 120)], free).start == at(32))
        free.soft.removeAll { $0.rule == "overtime" }
        #expect(try decide(urgent, [worker(overtime: 120)], free).start == at(32))
        let evening = JobRequest(
            workOrderId: id(100), place: place(), seconds: 3600,
            range: Span(start: at(17.25), end: at(17.25) + Planning.horizonSeconds), dueAt: at(20), priority: .p1)
        #expect(try decide(evening, [worker(overtime: 120)], now: at(16.9)).start == at(17.25))
        #expect(try decide(evening, [worker(overtime: 120)], now: at(17)).start == at(32))
    }

    @Test("a visit in overtime is one of the day's")
    func visitsPerDay() throws {
        var busy = worker(overtime: 240)
        busy.visitsPerDay = 2
        var decider = try Decider(RuleSet.standardDocument, [busy])
        var board = board(decider, busy: [0])
        let evening = Span(start: at(17.5), end: at(18.5))
        board.enter(Timeline.Stop(span: evening, point: TravelPoint(place())), of: 0)
        guard case .offer(let choice) = decider.decide(urgent, on: &board, now: monday).outcome else {
            throw NobodyMayGo()
        }
        #expect(choice.slot.span.start == at(32))
    }

    @Test("customers are offered no window that overtime would be needed for")
    func windows() throws {
        func windows(_ overtime: Int?) throws -> [Span] {
            var decider = try Decider(RuleSet.standardDocument, [worker(overtime: overtime)])
            var board = board(decider, busy: [0])
            return decider.windows(
                20, of: 7200, for: urgent, of: 0, in: board.timeline(of: 0),
                within: Span(start: monday, end: monday + 2 * 86_400), now: monday, travel: .estimate
            ).map(\.span)
        }
        #expect(try windows(120) == windows(nil))
        #expect(try windows(120).allSatisfy { $0.start >= at(32) })
    }

    @Test("helpers are not counted on in overtime")
    func crews() throws {
        var pairs = RuleSet.standardDocument
        pairs.crew = [CrewDispatchRule(rule: "pairs", engineers: 2)]
        let people = [worker(overtime: 120), worker(2, overtime: 120)]
        #expect(try decide(urgent, people, busy: [0, 1], pairs).start == at(32))
    }

    @Test("overtime follows the last shift of a day, up to an absence or the next shift")
    func ends() {
        var split = ShiftPattern(
            utcOffsetMinutes: 480,
            weekly: [
                WeekdayShift(weekday: 1, startMinute: 480, endMinute: 720),
                WeekdayShift(weekday: 1, startMinute: 780, endMinute: 1020),
                WeekdayShift(weekday: 1, startMinute: 1320, endMinute: 1800),
                WeekdayShift(weekday: 2, startMinute: 480, endMinute: 1020),
            ])
        let week = Span(start: monday, end: monday + 3 * 86_400)
        let shifts = split.spans(in: week)
        #expect(shifts.map(\.end) == [at(12), at(17), at(30), at(41)])
        #expect(split.latestEnds(of: shifts).isEmpty)
        split.overtimeMinutes = 180
        // From six until eight on Tuesday, when he is on duty again.
        #expect(split.latestEnds(of: shifts) == [at(12), at(17), at(32), at(44)])
        split.absences = [Span(start: at(42), end: at(50))]
        #expect(split.latestEnds(of: split.spans(in: week)) == [at(12), at(17), at(32), at(42)])
        split.absences = [Span(start: at(40), end: at(41))]
        #expect(split.latestEnds(of: split.spans(in: week)) == [at(12), at(17), at(32), at(40)])
    }
}
