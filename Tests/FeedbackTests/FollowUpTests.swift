import DomainContracts
import Foundation
import ServiceTesting
import Testing

@testable import Feedback

@Suite("following up") struct FollowUpTests {
    private func confirmed() throws -> Desk {
        var desk = Desk()
        try desk.meet()
        try desk.open()
        try desk.confirm()
        return desk
    }

    private func token(_ desk: Desk) throws -> String {
        try #require(desk.told.last { $0.template == "survey" }?.token)
    }

    @Test("a confirmed completion sends the survey at once, and once")
    func survey() throws {
        var desk = try confirmed()
        try desk.confirm()
        let surveys = desk.told.filter { $0.template == "survey" }
        #expect(surveys.map(\.surveyId) == [desk.followUp])
        #expect(desk.links.holds(try token(desk), for: AnswerSurvey.self, about: desk.followUp))
        #expect(desk.followUpState?.status == .scheduled)
    }

    @Test("the answer is told with its scores, counted, and ends the waiting")
    func answered() throws {
        var desk = try confirmed()
        var answer = desk.answer(token: try token(desk))
        answer.comment = "师傅很专业"
        #expect(try desk.send(answer).status == "answered")
        let told = try #require(desk.bench.last(SurveyAnswered.self))
        #expect(told.satisfaction == 5 && told.recommendation == 9 && told.effort == 6 && told.fixed)
        #expect(told.comment == "师傅很专业")
        let facts = desk.bench.facts.compactMap { $0 as? SatisfactionFact }
        #expect(facts.map(\.source) == ["survey"])
        #expect(facts.first?.reportId == desk.report)
        #expect(!desk.bench.timers.contains { $0.kind == MakeFollowUpDue.kind })
        #expect(desk.refusal { try $0.send(answer) }?.code == "follow-up-not-open")
    }

    @Test("scores outside their range are refused, each with its pointer")
    func badScores() throws {
        var desk = try confirmed()
        var bad = desk.answer(token: try token(desk), satisfaction: 6, recommendation: 11, effort: 0)
        bad.comment = String(repeating: "好", count: 2_001)
        #expect(
            desk.refusal { try $0.send(bad) }?.errors.map(\.pointer)
                == ["/data/satisfaction", "/data/recommendation", "/data/effort", "/data/comment"])
        #expect(desk.followUpState?.status == .scheduled)
    }

    @Test("an answer needs the survey's own token, or the customer's own channel id")
    func whoMayAnswer() throws {
        var desk = try confirmed()
        let foreign = desk.links.token(for: AnswerSurvey.self, about: desk.order)
        #expect(desk.refusal { try $0.send($0.answer(token: foreign)) }?.code == "forbidden")
        #expect(desk.refusal { try $0.send($0.answer(token: nil)) }?.code == "forbidden")
        #expect(desk.refusal { try $0.send($0.answer(token: nil, user: "another")) }?.code == "forbidden")
        #expect(desk.refusal { try $0.send($0.answer(token: nil, user: "oX3"), channel: "sms") }?.code == "forbidden")
        #expect(
            desk.refusal { try $0.send($0.answer(token: nil), by: ("engineer", "e"), channel: nil) }?.code
                == "forbidden")
        try desk.send(desk.answer(token: nil, user: "oX3"))
    }

    @Test("without an answer an agent is asked to call after a day, and 72 hours later nobody any more")
    func deadlines() throws {
        var desk = try confirmed()
        let start = desk.bench.now
        try desk.bench.fire(MakeFollowUpDue(), for: desk.followUp)
        let due = try #require(desk.bench.last(FollowUpDue.self))
        #expect(due.dueAt == start + 24 * 3600)
        #expect(due.deadline == start + 96 * 3600)
        try desk.bench.fire(GiveUpOnFollowUp(), for: desk.followUp)
        let completed = try #require(desk.bench.last(FollowUpCompleted.self))
        #expect(completed.result == .deadline)
        #expect(completed.completedAt == due.deadline)
        #expect(desk.refusal { try $0.send($0.answer(token: try token($0))) }?.code == "follow-up-not-open")
    }

    @Test("a late answer still wins over the call and its deadline")
    func lateAnswer() throws {
        var desk = try confirmed()
        try desk.bench.fire(MakeFollowUpDue(), for: desk.followUp)
        try desk.send(desk.answer(token: try token(desk)))
        #expect(try !desk.bench.fire(GiveUpOnFollowUp(), for: desk.followUp))
        #expect(desk.bench.last(FollowUpCompleted.self) == nil)
    }

    @Test("an agent's call completes the follow-up and counts what the customer said")
    func call() throws {
        var desk = try confirmed()
        let call = CompleteFollowUp(followUpId: desk.followUp, result: .dissatisfied, fixed: false, satisfaction: 2)
        var deadline = call
        deadline.result = .deadline
        let handler = FinishFollowUp()
        #expect(desk.refusal { try $0.bench.send(deadline, to: handler) }?.errors.map(\.pointer) == ["/data/result"])
        #expect(desk.refusal { try $0.bench.send(call, to: handler, by: ("customer", "c")) }?.code == "forbidden")
        #expect(try desk.bench.send(call, to: handler).status == "completed")
        #expect(desk.bench.last(FollowUpCompleted.self)?.fixed == false)
        #expect(desk.bench.facts.compactMap { $0 as? SatisfactionFact }.map(\.source) == ["call"])
        #expect(desk.refusal { try $0.bench.send(call, to: handler) }?.code == "follow-up-not-open")
    }

    @Test("a call that reached nobody counts no answer")
    func unreachableCall() throws {
        var desk = try confirmed()
        try desk.bench.send(
            CompleteFollowUp(followUpId: desk.followUp, result: .unreachable), to: FinishFollowUp())
        #expect(desk.bench.facts.isEmpty)
    }

    @Test("a customer whom no message reaches is followed up by telephone only")
    func byTelephone() throws {
        var desk = Desk()
        try desk.meet(channel: "none", phone: nil)
        try desk.open()
        try desk.confirm()
        #expect(desk.told.isEmpty)
        #expect(desk.followUpState?.survey == SurveyState.none)
        try desk.bench.fire(MakeFollowUpDue(), for: desk.followUp)
        #expect(desk.bench.last(FollowUpDue.self)?.workOrderId == desk.order)
    }

    @Test("an order that ends by itself ends its follow-up")
    func void() throws {
        var desk = try confirmed()
        #expect(try desk.close(.cancelled) == .applied)
        #expect(desk.followUpState?.status == .void)
        #expect(!desk.bench.timers.contains { $0.kind == MakeFollowUpDue.kind })
    }

    @Test("another report of a reopened order asks anew; one that was asked about does not")
    func restart() throws {
        var desk = try confirmed()
        try desk.send(desk.answer(token: try token(desk)))
        try desk.confirm(desk.id("second report"))
        #expect(desk.followUpState?.status == .scheduled)
        #expect(desk.told.filter { $0.template == "survey" }.count == 2)
        try desk.confirm()
        #expect(desk.told.filter { $0.template == "survey" }.count == 2)
        try desk.send(desk.answer(token: try token(desk)))
        #expect(desk.bench.all(SurveyAnswered.self).count == 2)
    }

    @Test("an order's figures and clocks are counted once for each time it ends")
    func figures() throws {
        var desk = try confirmed()
        let clock = ClockState(
            clock: .response, status: .met, targetSeconds: 600, startedAt: desk.bench.now, pausedSeconds: 0)
        _ = try desk.close(sequence: 9, clocks: [clock])
        _ = try desk.close(sequence: 9, clocks: [clock])
        _ = try desk.close(sequence: 8, clocks: [clock])
        let facts = desk.bench.facts.compactMap { $0 as? OrderFact }
        #expect(facts.map(\.sequence) == [9])
        #expect(facts.first?.pausedSeconds == 60)
        #expect(desk.bench.facts.compactMap { $0 as? ClockFact }.map(\.status) == [.met])
    }

    @Test("an order opened for a repair that did not hold is counted against it, once")
    func rework() throws {
        var desk = Desk()
        try desk.meet()
        try desk.open(reworkOf: desk.id("first"))
        try desk.open(reworkOf: desk.id("first"))
        #expect(desk.bench.facts.compactMap { $0 as? ReworkFact }.map(\.workOrderId) == [desk.id("first")])
    }

    private func changed(_ desk: Desk, _ status: WorkOrderStatus, reason: String?, need: DispatchNeed? = nil)
        -> WorkOrderChanged
    {
        WorkOrderChanged(
            workOrderId: desk.order, workOrderNumber: desk.number, status: status, previousStatus: .qualified,
            responsible: .agent, reason: reason, occurredAt: desk.bench.now, need: need)
    }

    @Test("a reopened order's survey and call are dropped, in whatever order the news comes; the next work's are not")
    func reopened() throws {
        for isLate in [false, true] {
            var desk = Desk()
            try desk.meet()
            try desk.open()
            let done = desk.confirmed()
            if !isLate { try desk.bench.receive(done, by: StartFollowUp(desk: desk.links), story: desk.order) }
            desk.bench.now += 3600
            let event = changed(
                desk, .pendingDispatch, reason: "reopened",
                need: DispatchNeed(round: 2, reason: .reopened, durationMinutes: 60))
            try desk.bench.receive(event, by: HearOrderChange(desk: desk.links), story: desk.order)
            if isLate { try desk.bench.receive(done, by: StartFollowUp(desk: desk.links), story: desk.order) }
            #expect(desk.followUpState?.status == (isLate ? nil : .void))
            #expect(!desk.bench.timers.contains { $0.kind == MakeFollowUpDue.kind })
            desk.bench.now += 3600
            try desk.confirm(desk.id("second report"))
            // Told once more, it is of the past.
            try desk.bench.receive(event, by: HearOrderChange(desk: desk.links), story: desk.order)
            #expect(desk.followUpState?.status == .scheduled)
            try desk.send(desk.answer(token: try token(desk)))
        }
    }

    @Test("what was settled from afar is followed up as a visit is, once")
    func remote() throws {
        var desk = Desk()
        try desk.meet()
        try desk.open()
        let event = changed(desk, .awaitingFollowUp, reason: "resolved_remotely")
        for _ in 1...2 {
            try desk.bench.receive(event, by: HearOrderChange(desk: desk.links), story: desk.order, sequence: 3)
        }
        #expect(desk.told.filter { $0.template == "survey" }.map(\.surveyId) == [desk.followUp])
        try desk.send(desk.answer(token: try token(desk)))
        #expect(desk.bench.last(SurveyAnswered.self)?.workOrderId == desk.order)
        // After a visit the confirmation starts it, not the status.
        var visited = Desk()
        try visited.meet()
        try visited.open()
        try visited.bench.receive(
            changed(visited, .awaitingFollowUp, reason: "customer"), by: HearOrderChange(desk: visited.links))
        #expect(visited.followUpState == nil)
        // Nor is anybody asked about an order that is over.
        var closed = Desk()
        try closed.meet()
        try closed.open()
        _ = try closed.close(sequence: 9)
        try closed.bench.receive(
            changed(closed, .awaitingFollowUp, reason: "resolved_remotely"), by: HearOrderChange(desk: closed.links),
            sequence: 8)
        #expect(closed.followUpState == nil)
    }
}
