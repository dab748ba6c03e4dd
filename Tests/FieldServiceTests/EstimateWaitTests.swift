import DomainContracts
import Foundation
import ServiceTesting
import Testing

@testable import FieldService

@Suite("waiting for an estimate") struct EstimateWaitTests {
    @Test("a finding is recorded once and holds the visit until billing says that nobody need be asked")
    func decisionNone() throws {
        var job = Job()
        try job.work()
        let finding = job.id("finding")
        try job.find(finding)
        #expect(try job.find(finding).status == "paused")
        #expect(job.bench.all(FindingRecorded.self).count == 1)
        #expect(job.refusal { try $0.find(finding, problem: "noise") } == "finding-id-taken")
        try job.prepared(.none, finding: finding, job.id("estimate"))
        #expect(job.status == .inProgress)
        #expect(job.bench.all(VisitResumed.self).count == 1)
        try job.prepared(.none, finding: finding, job.id("estimate"))
        #expect(job.bench.all(VisitResumed.self).count == 1)
    }

    @Test("with several waits at once, the visit resumes when all are settled")
    func severalWaits() throws {
        var job = Job()
        try job.work()
        try job.find(job.id("one"))
        try job.find(job.id("two"))
        try job.prepared(.none, finding: job.id("one"), job.id("e1"))
        #expect(job.status == .paused)
        try job.prepared(.quote, finding: job.id("two"), job.id("e2"))
        #expect(job.status == .paused)
        try job.acceptedQuote(job.id("e2"))
        #expect(job.status == .inProgress)
    }

    @Test("nobody waits for an estimate that a newer one took the place of, in whatever order they come")
    func superseded() throws {
        for isLate in [false, true] {
            var job = Job()
            try job.work()
            try job.find(job.id("one"))
            try job.find(job.id("two"))
            if !isLate { try job.prepared(.quote, finding: job.id("one"), job.id("e1")) }
            try job.prepared(.quote, finding: job.id("two"), job.id("e2"), supersedes: job.id("e1"))
            if isLate { try job.prepared(.quote, finding: job.id("one"), job.id("e1")) }
            #expect(job.status == .paused)
            try job.acceptedQuote(job.id("e2"))
            #expect(job.status == .inProgress)
        }
    }

    @Test("an approval that leaves a quote goes on waiting for it")
    func approvalThenQuote() throws {
        var job = Job()
        try job.work()
        try job.find(job.id("one"))
        try job.prepared(.approval, finding: job.id("one"), job.id("e1"))
        let approved = EstimateApproved(
            estimateId: job.id("e1"), workOrderId: job.order, workOrderNumber: "WO-1", visitId: job.visit,
            decision: .quote, total: Money(1, "CNY"), approvedAt: job.bench.now, validUntil: job.bench.now)
        try job.bench.receive(approved, by: HearApproval())
        #expect(job.status == .paused)
        try job.acceptedQuote(job.id("e1"))
        #expect(job.status == .inProgress)
    }

    @Test("an answer that overtakes its estimate counts when the estimate comes")
    func earlyAnswer() throws {
        var job = Job()
        try job.work()
        try job.find(job.id("one"))
        try job.acceptedQuote(job.id("e1"))
        #expect(job.status == .paused)
        try job.prepared(.quote, finding: job.id("one"), job.id("e1"))
        #expect(job.status == .inProgress)
    }

    @Test("the first answer wins over a later, contrary one")
    func firstAnswer() throws {
        var job = Job()
        try job.work()
        try job.find(job.id("one"))
        try job.prepared(.quote, finding: job.id("one"), job.id("e1"))
        try job.refused(job.id("e1"))
        try job.acceptedQuote(job.id("e1"))
        #expect(job.status == .paused)
        #expect(job.bench.state(Visit.self, job.visit)?.refusal?.reason == "too dear")
    }

    @Test("work cannot be done, nor go on, while a quote is unanswered")
    func openQuote() throws {
        var job = Job()
        try job.work()
        try job.find(job.id("one"))
        try job.prepared(.quote, finding: job.id("one"), job.id("e1"))
        #expect(job.refusal { try $0.end(.workDone, outcome: .fixed) } == "visit-not-answered")
        let resume = ResumeVisit(visitId: job.visit, engineerId: job.engineer)
        #expect(job.refusal { try $0.bench.send(resume, to: ResumeWork()) } == "visit-not-answered")
    }

    @Test("a settled estimate does not end the engineer's own pause")
    func ownPause() throws {
        var job = Job()
        try job.work()
        try job.bench.send(
            PauseVisit(visitId: job.visit, engineerId: job.engineer, reason: "lunch"), to: PauseWork())
        try job.find(job.id("one"))
        try job.prepared(.none, finding: job.id("one"), job.id("e1"))
        #expect(job.status == .paused)
    }

    @Test("an estimate's news waits for a visit we have not heard of")
    func unknownVisit() throws {
        var job = Job()
        let event = Samples.prepared(
            .none, order: job.order, visit: job.visit, finding: job.order, job.order, at: job.bench.now)
        #expect(
            try job.bench.receive(event, by: HearEstimate())
                == .notYet(waitingFor: "work-order/\(job.order.uuidString.lowercased())"))
    }

    @Test("who leaves for an answer leaves for that to the newest estimate: an older no makes no report")
    func newestEstimate() throws {
        for isRefused in [false, true] {
            var job = Job()
            try job.work()
            try job.find(job.id("dear"))
            try job.prepared(.quote, finding: job.id("dear"), job.id("e1"))
            try job.refused(job.id("e1"))
            job.bench.now += 600
            try job.find(job.id("cheap"))
            try job.prepared(.quote, finding: job.id("cheap"), job.id("e2"))
            try job.end(.needsQuote)
            #expect(job.bench.last(VisitEnded.self)?.reason == .needsQuote)
            job.bench.now += 600
            if isRefused { try job.refused(job.id("e2")) } else { try job.acceptedQuote(job.id("e2")) }
            #expect((job.report?.content.outcome == .quoteRefused) == isRefused)
            #expect((job.report != nil) == isRefused)
        }
    }

    @Test("nobody leaves for an answer to what was settled after the no before it")
    func settledSince() throws {
        var job = Job()
        try job.work()
        try job.find(job.id("dear"))
        try job.prepared(.quote, finding: job.id("dear"), job.id("e1"))
        try job.refused(job.id("e1"))
        job.bench.now += 600
        try job.find(job.id("cheap"))
        try job.prepared(.none, finding: job.id("cheap"), job.id("e2"))
        #expect(job.status == .inProgress)
        #expect(job.refusal { try $0.end(.needsQuote) } == "visit-not-waiting")
    }
}
