import DomainContracts
import Foundation
import ServiceTesting
import Testing

@testable import FieldService

@Suite("ending a visit") struct VisitEndTests {
    @Test("work done makes a report, tells everything others need, and puts it before the customer")
    func workDone() throws {
        var job = Job()
        try job.work()
        try job.use(job.id("usage"))
        try job.end(.workDone, outcome: .fixed)
        let ended = try #require(job.bench.last(VisitEnded.self))
        #expect(ended.partsUsed.map(\.usageId) == [job.id("usage")])
        #expect(ended.outcome == .fixed)
        #expect(ended.workMinutes == 60 && ended.travelMinutes == 30)
        #expect(ended.startedAt == job.window.start)
        let report = try #require(job.report)
        #expect(ended.report?.sha256 == report.sha256)
        #expect(ended.report?.reportNumber == "RP-20261118-000001")
        #expect(report.status == .awaiting)
        #expect(job.bench.timers.map(\.kind) == [LetConfirmationPass.kind])
        #expect(job.refusal { try $0.end(.workDone, outcome: .fixed) } == "visit-not-on-site")
    }

    @Test("a report's number bears the company's date, not Greenwich's")
    func number() throws {
        let evening = try #require(DomainContracts.RFC3339.parse("2026-11-21T15:59:59.999Z"))
        #expect(ReportNumber.text(42, madeAt: evening) == "RP-20261121-000042")
        #expect(ReportNumber.text(1_234_567, madeAt: evening + 0.001) == "RP-20261122-1234567")
    }

    @Test("a report's hash is that of its content, also after a round through the store")
    func hash() throws {
        var job = Job()
        try job.work()
        try job.end(.workDone, outcome: .fixed)
        let report = try #require(job.report)
        let stored = try WireJSON.decoder().decode(ServiceReport.self, from: WireJSON.encoder().encode(report))
        #expect(CanonicalHash.sha256(stored.content) == report.sha256)
        var changed = report.content
        changed.workMinutes += 1
        #expect(CanonicalHash.sha256(changed) != report.sha256)
    }

    @Test(
        "these reasons leave no report",
        arguments: [VisitEndReason.noAccess, .partMissing, .partWrong, .skillShort, .unsafe])
    func withoutReport(reason: VisitEndReason) throws {
        var job = Job()
        try job.work()
        try job.requestParts(job.id("request"))
        try job.end(
            reason, skills: [SkillLevel(skill: "cooling", level: 4)], resumeOn: job.bench.now + 86_400)
        #expect(job.status == .ended)
        #expect(job.report == nil)
        #expect(job.bench.last(VisitEnded.self)?.report == nil)
    }

    @Test("each reason has its members, and figures their range")
    func validation() throws {
        var job = Job()
        try job.work()
        #expect(job.pointers { try $0.end(.workDone) } == ["/data/outcome"])
        #expect(job.pointers { try $0.end(.cannotBeDone) } == ["/data/outcome"])
        #expect(job.pointers { try $0.end(.skillShort) } == ["/data/requiredSkills"])
        #expect(job.pointers { try $0.end(.unsafe) } == ["/data/resumeOn"])
        #expect(job.pointers { try $0.end(.unsafe, resumeOn: $0.bench.now) } == ["/data/resumeOn"])
        #expect(
            job.pointers { try $0.end(.noAccess, work: -1, travel: 1441) } == [
                "/data/workMinutes", "/data/travelMinutes",
            ])
        #expect(job.pointers { try $0.end(VisitEndReason(rawValue: "bored")) } == ["/data/reason"])
        #expect(job.status == .inProgress)
    }

    @Test("work is not done before it began")
    func notStarted() throws {
        var job = Job()
        try job.schedule()
        try job.checkIn()
        #expect(job.refusal { try $0.end(.workDone, outcome: .fixed) } == "visit-not-in-progress")
        try job.end(.noAccess)
    }

    @Test("a quote refused after the visit left for it makes the report, which can be confirmed")
    func refusedAfterEnd() throws {
        var job = Job()
        try job.work()
        try job.find(job.id("one"))
        try job.prepared(.quote, finding: job.id("one"), job.id("e1"))
        try job.end(.needsQuote)
        #expect(job.report == nil)
        #expect(job.refusal { try $0.confirm() } == "report-not-awaiting")
        try job.refused(job.id("e1"))
        #expect(job.report?.content.outcome == .quoteRefused)
        try job.confirm()
        #expect(job.bench.last(CompletionConfirmed.self)?.how == .customer)
    }

    @Test("an approval refused after the visit left for it makes a report that it cannot be completed")
    func rejectedAfterEnd() throws {
        var job = Job()
        try job.work()
        try job.find(job.id("one"))
        try job.prepared(.approval, finding: job.id("one"), job.id("e1"))
        try job.end(.needsApproval)
        let rejected = EstimateRejected(
            estimateId: job.id("e1"), workOrderId: job.order, visitId: job.visit, reason: "over budget",
            rejectedAt: job.bench.now)
        try job.bench.receive(rejected, by: HearRejection())
        #expect(job.report?.content.outcome == .cannotComplete)
        #expect(job.report?.content.outcomeReason == "over budget")
    }

    @Test("leaving for a quote that was refused already ends as refused, with its report")
    func refusedBeforeEnd() throws {
        var job = Job()
        try job.work()
        try job.find(job.id("one"))
        try job.prepared(.quote, finding: job.id("one"), job.id("e1"))
        try job.refused(job.id("e1"))
        try job.end(.needsQuote)
        let ended = try #require(job.bench.last(VisitEnded.self))
        #expect(ended.reason == .quoteRefused)
        #expect(ended.outcome == .quoteRefused)
        #expect(ended.report != nil)
    }

    @Test("leaving for want of parts whose quote was refused already ends as refused")
    func partsRefusedBeforeEnd() throws {
        var job = Job()
        try job.work()
        let request = job.id("request")
        try job.requestParts(request)
        // The estimate of a part request names it where one of a finding names that.
        var event = Samples.prepared(
            .quote, order: job.order, visit: job.visit, finding: request, job.id("e1"), at: job.bench.now)
        event.findingId = nil
        event.partRequestId = request
        try job.bench.receive(event, by: HearEstimate())
        try job.refused(job.id("e1"))
        try job.end(.partMissing)
        #expect(job.bench.last(VisitEnded.self)?.reason == .quoteRefused)
        #expect(job.bench.state(Visit.self, job.visit)?.end?.saidReason == .partMissing)
        #expect(job.report?.content.outcome == .quoteRefused)
    }

    @Test("a visit ends after a no that was known by then, whatever the engineer's phone says")
    func endsAfterKnownRefusal() throws {
        var job = Job()
        try job.work()
        try job.find(job.id("finding"))
        try job.prepared(.quote, finding: job.id("finding"), job.id("estimate"))
        let earlier = job.bench.now
        job.bench.now += 600
        try job.refused(job.id("estimate"))
        let refusedAt = job.bench.now
        job.bench.now += 600
        try job.end(.skillShort, skills: [SkillLevel(skill: "pump", level: 3)], occurredAt: earlier)
        let ended = try #require(job.bench.last(VisitEnded.self))
        #expect(ended.reason == .skillShort && ended.endedAt > refusedAt)
    }

    @Test("nobody leaves for a quote that nobody was asked for")
    func nothingToWaitFor() throws {
        var job = Job()
        try job.work()
        #expect(job.refusal { try $0.end(.needsQuote) } == "visit-not-waiting")
    }

    @Test("nobody leaves for parts that nobody was asked for")
    func noParts() throws {
        var job = Job()
        try job.work()
        for reason in [VisitEndReason.partMissing, .partWrong] {
            #expect(job.refusal { try $0.end(reason) } == "visit-no-parts-requested")
        }
        try job.requestParts(job.id("request"))
        try job.end(.partWrong)
        #expect(job.bench.last(VisitEnded.self)?.partRequestIds == [job.id("request")])
    }

    @Test("a refusal to an ended visit leaves the conclusion to another that is planned")
    func anotherVisitOpen() throws {
        var job = Job()
        try job.work()
        try job.find(job.id("one"))
        try job.prepared(.quote, finding: job.id("one"), job.id("e1"))
        try job.requestParts(job.id("request"))
        try job.end(.partMissing)
        try job.bench.receive(job.accepted(job.id("second")), by: PlanAcceptedVisit())
        try job.refused(job.id("e1"))
        #expect(job.report == nil)
    }

    /// A refusal that was left to a second visit, which is planned for this round.
    private func leftToSecond(round: Int) throws -> Job {
        var job = Job()
        try job.work()
        try job.find(job.id("one"))
        try job.prepared(.quote, finding: job.id("one"), job.id("e1"))
        try job.end(.needsQuote)
        try job.bench.receive(job.accepted(job.id("second"), round: round), by: PlanAcceptedVisit())
        try job.refused(job.id("e1"))
        #expect(job.report == nil)
        return job
    }

    @Test("a visit called off gives the conclusion back, unless somebody else is needed", arguments: [1, 2])
    func otherVisitWithdrawn(round: Int) throws {
        var job = try leftToSecond(round: round)
        try job.bench.receive(job.withdrawn(job.id("second"), round: round), by: CancelWithdrawnVisit())
        #expect((job.report?.content.outcome == .quoteRefused) == (round == 1))
        #expect(try job.bench.fire(LetConfirmationPass(), for: job.order) == (round == 1))
    }

    @Test("an order that will be reinstated is concluded by the refusal, whatever round the called off visit was of")
    func otherVisitOfReinstatedOrder() throws {
        for (visits, isReinstated) in [(0, true), (1, false)] {
            var job = try leftToSecond(round: 2)
            try job.bench.receive(
                Samples.closed(job.order, visits: visits, at: job.bench.now), by: CancelVisitsOfClosedOrder())
            #expect((job.report != nil) == isReinstated)
            #expect(try job.bench.fire(LetConfirmationPass(), for: job.order) == isReinstated)
        }
    }

    @Test("the refusal concludes a reinstated order also where the called off visit was heard of after the end")
    func otherVisitAfterReinstatement() throws {
        var job = Job()
        try job.work()
        try job.find(job.id("one"))
        try job.prepared(.quote, finding: job.id("one"), job.id("e1"))
        try job.bench.receive(Samples.closed(job.order, at: job.bench.now), by: CancelVisitsOfClosedOrder())
        try job.end(.needsQuote)
        try job.bench.receive(job.accepted(job.id("second"), round: 2), by: PlanAcceptedVisit())
        try job.refused(job.id("e1"))
        try job.bench.receive(job.withdrawn(job.id("second"), round: 2), by: CancelWithdrawnVisit())
        #expect(job.report?.content.outcome == .quoteRefused)
    }

    @Test("a visit of an older round that ends without a report gives the conclusion back")
    func olderVisitEndsLater() throws {
        var job = Job()
        try job.work()
        let older = job.visit
        let newer = job.id("second")
        try job.bench.receive(job.accepted(newer, round: 2), by: PlanAcceptedVisit())
        try job.bench.receive(job.booked(nil, newer), by: ScheduleBookedVisit())
        job.visit = newer
        try job.checkIn()
        try job.begin()
        try job.find(job.id("one"))
        try job.prepared(.quote, finding: job.id("one"), job.id("e1"))
        try job.end(.needsQuote)
        try job.refused(job.id("e1"))
        #expect(job.report == nil)
        job.visit = older
        try job.end(.noAccess)
        #expect(job.report == nil)
        job.visit = newer
        #expect(job.report?.content.outcome == .quoteRefused)
    }

    @Test("a closed order gets no report from a late refusal")
    func closedOrder() throws {
        var job = Job()
        try job.work()
        try job.find(job.id("one"))
        try job.end(.needsQuote)
        try job.bench.receive(Samples.closed(job.order, visits: 1, at: job.bench.now), by: CancelVisitsOfClosedOrder())
        try job.prepared(.quote, finding: job.id("one"), job.id("e1"))
        try job.refused(job.id("e1"))
        #expect(job.report == nil)
    }

    @Test("a refusal's report is told, so that the customer is asked about it; that of a visit's end is told with that")
    func told() throws {
        var job = Job()
        try job.work()
        try job.find(job.id("one"))
        try job.prepared(.quote, finding: job.id("one"), job.id("e1"))
        try job.end(.needsQuote)
        try job.refused(job.id("e1"))
        let told = try #require(job.bench.last(ReportPrepared.self))
        #expect(told.report == job.bench.state(Visit.self, job.visit)?.report && told.outcome == .quoteRefused)
        var done = Job()
        try done.work()
        try done.end(.workDone, outcome: .fixed)
        #expect(done.bench.last(ReportPrepared.self) == nil)
    }
}
