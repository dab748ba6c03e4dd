import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Intake

@Suite("Incomplete requests are not forgotten")
struct IncompleteRequestTests {
    var intake = IntakeBench()

    private mutating func incomplete(_ id: String = "r-1") throws -> UUID {
        var report = ReportRepair.full
        report.problem = nil
        report.site = nil
        return try intake.report(report, id: id).requestId
    }

    private func date(_ text: String) throws -> Date { try #require(RFC3339.parse(text)) }

    /// Reported on Monday at 10:00; working hours are 9:00–12:00 and 13:30–18:00.
    @Test(
        "its sender is asked once more after two working hours, the supervisor hears after four, the manager after eight"
    )
    mutating func steps() throws {
        let request = try incomplete()
        #expect(intake.bench.last(RequestIncomplete.self)?.remindedAt == nil)
        #expect(try intake.bench.fire(RemindOfIncomplete(), for: request))
        // Monday 12:00.
        let asked = try #require(intake.bench.last(RequestIncomplete.self))
        #expect(try asked.remindedAt == date("2026-11-23T04:00:00Z"))
        #expect(asked.missing == ["/data/problem", "/data/site"])
        #expect(intake.bench.all(RequestEscalated.self).isEmpty)
        // Monday 15:30, and Tuesday 10:30.
        #expect(try intake.bench.fire(RemindOfIncomplete(), for: request))
        #expect(try intake.bench.fire(RemindOfIncomplete(), for: request))
        let told = intake.bench.all(RequestEscalated.self).map(\.escalation)
        #expect(told.map(\.toRole) == ["supervisor", "manager"])
        #expect(try told.map(\.raisedAt) == [date("2026-11-23T07:30:00Z"), date("2026-11-24T02:30:00Z")])
        #expect(told.allSatisfy { $0.reason.code == "request_incomplete" })
        #expect(Set(told.map(\.escalationId)).count == 2)
        #expect(try !intake.bench.fire(RemindOfIncomplete(), for: request))
        #expect(intake.bench.all(RequestIncomplete.self).count == 2)
    }

    @Test("a timer that is fired again takes no step again, and the next one stays set")
    mutating func firedAgain() throws {
        let request = try incomplete()
        let first = try #require(timer(of: request))
        try intake.bench.fire(RemindOfIncomplete(), for: request)
        let second = try #require(timer(of: request))
        try intake.bench.fire(RemindOfIncomplete(), first)
        #expect(intake.bench.all(RequestIncomplete.self).count == 2)
        #expect(intake.bench.all(RequestEscalated.self).isEmpty)
        #expect(timer(of: request) == second)
        for _ in 1...2 { try intake.bench.fire(RemindOfIncomplete(), second) }
        #expect(intake.bench.all(RequestEscalated.self).count == 1)
    }

    private func timer(of request: UUID) -> FiredTimer? {
        intake.bench.timers.first { $0.kind == RemindOfIncomplete.kind && $0.id == request }
    }

    @Test("completed, answered or put aside, it is watched no more; completed in part, it is watched as before")
    mutating func settled() throws {
        let links = IntakeBench.links
        let (completed, answered, spam) = (try incomplete(), try incomplete("r-2"), try incomplete("r-3"))
        let before = timer(of: completed)
        intake.pass(600)
        try intake.bench.send(
            CompleteRequest(requestId: completed, problem: "leaks"), to: CompleteIncompleteRequest(links: links))
        #expect(before != nil && timer(of: completed) == before)
        #expect(intake.bench.last(RequestIncomplete.self)?.missing == ["/data/site"])
        try intake.bench.send(
            CompleteRequest(requestId: completed, site: ReportedSite(regionCode: "110105")),
            to: CompleteIncompleteRequest(links: links))
        try intake.bench.send(
            AnswerServiceRequest(requestId: answered, answer: "x"), to: AnswerRequestWithKnowledge())
        try intake.bench.send(MarkAsSpam(requestId: spam), to: PutSpamAside())
        for request in [completed, answered, spam] { #expect(timer(of: request) == nil) }
        // One that was claimed already does nothing.
        try intake.bench.fire(RemindOfIncomplete(), try #require(before))
        #expect(intake.bench.all(RequestEscalated.self).isEmpty)
    }

    @Test("one that was incomplete before requests were watched is watched from its first timer on")
    mutating func older() throws {
        let request = try incomplete()
        var kept = try #require(intake.bench.state(ServiceRequest.self, request))
        kept.incompleteWatch = nil
        intake.bench.put(kept, request)
        intake.pass(86_400)
        let timer = FiredTimer(kind: RemindOfIncomplete.kind, id: request, dueAt: IntakeBench.monday)
        try intake.bench.fire(RemindOfIncomplete(), timer)
        #expect(intake.bench.all(RequestIncomplete.self).count == 1)
        // Tuesday 10:00 and two hours.
        try intake.bench.fire(RemindOfIncomplete(), for: request)
        #expect(try intake.bench.last(RequestIncomplete.self)?.remindedAt == date("2026-11-24T04:00:00Z"))
    }
}
