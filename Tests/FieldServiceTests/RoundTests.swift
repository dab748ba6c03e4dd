import DomainContracts
import Foundation
import ServiceTesting
import Testing

@testable import FieldService

@Suite("an order that goes on in a newer round") struct RoundTests {
    private func done() throws -> Job {
        var job = Job()
        try job.work()
        try job.end(.workDone, outcome: .fixed)
        return job
    }

    @Test("the report of the round before is set aside: nobody confirms or disputes it, and no deadline runs")
    func setAside() throws {
        var job = try done()
        try job.need(round: 2)
        #expect(job.bench.timers.isEmpty)
        #expect(job.refusal { try $0.confirm() } == "report-not-awaiting")
        let (door, order) = (job.door, job.order)
        let dispute = DisputeCompletion(workOrderId: order, reason: "still leaking")
        #expect(job.refusal { try $0.bench.send(dispute, to: DisputeReport(door: door)) } == "report-not-awaiting")
        #expect(job.bench.last(CompletionConfirmed.self) == nil)
        // The next report takes its place.
        let first = try #require(job.bench.state(Visit.self, job.visit)?.report)
        try next(&job, round: 2)
        try job.end(.workDone, outcome: .fixed)
        #expect(job.bench.state(ServiceReport.self, first.reportId)?.status == .superseded)
        try job.confirm()
        #expect(job.bench.last(CompletionConfirmed.self)?.visitId == job.visit)
    }

    /// Somebody is at work in a later round; what follows is his.
    private func next(_ job: inout Job, round: Int) throws {
        job.visit = job.id("visit of round \(round)")
        try job.bench.receive(job.accepted(job.visit, round: round), by: PlanAcceptedVisit())
        try job.bench.receive(job.booked(nil, job.visit), by: ScheduleBookedVisit())
        try job.checkIn()
        try job.begin()
    }

    @Test("that somebody accepted the new round says as much, should it be heard first")
    func acceptedFirst() throws {
        var job = try done()
        try job.bench.receive(job.accepted(job.id("second"), round: 2), by: PlanAcceptedVisit())
        #expect(job.bench.timers.isEmpty)
        #expect(job.bench.state(OrderBrief.self, job.order)?.awaiting == nil)
    }

    @Test("a round that is heard of late leaves the report of its own visit waiting")
    func heardLate() throws {
        var job = try done()
        try next(&job, round: 2)
        try job.end(.workDone, outcome: .fixed)
        try job.need(round: 2)
        #expect(job.bench.timers.map(\.kind) == [LetConfirmationPass.kind])
        try job.need(round: 1)
        try job.confirm()
        #expect(job.bench.last(CompletionConfirmed.self)?.visitId == job.visit)
    }

    @Test("who left after the one that was sent since, though of an older round, has the newest report")
    func olderVisitLeavesLast() throws {
        var job = Job()
        try job.work()
        let older = job.visit
        try next(&job, round: 2)
        try job.end(.workDone, outcome: .fixed)
        job.visit = older
        try job.end(.workDone, outcome: .fixed)
        try job.need(round: 2)
        try job.confirm()
        #expect(job.bench.last(CompletionConfirmed.self)?.visitId == older)
    }

    @Test("a quote that lapses after somebody else was sent for makes no report of the round before")
    func lapsesLater() throws {
        for isHeardLate in [false, true] {
            var job = Job()
            try job.work()
            try job.find(job.id("one"))
            try job.prepared(.quote, finding: job.id("one"), job.id("e1"))
            try job.end(.skillShort, skills: [SkillLevel(skill: "pump", level: 3)])
            if !isHeardLate { try job.need(round: 2, .skillShort) }
            job.bench.now += 72 * 3600
            try job.refused(job.id("e1"))
            #expect((job.report == nil) == !isHeardLate)
            if isHeardLate { try job.need(round: 2, .skillShort) }
            #expect(job.bench.timers.isEmpty)
        }
    }

    @Test("an order that intake takes up again for that very work has its report confirmed after all")
    func reinstated() throws {
        for (visits, isReinstated) in [(0, true), (1, false)] {
            var job = try done()
            try job.need(round: 2, .resumed)
            try job.bench.receive(
                Samples.closed(job.order, visits: visits, at: job.bench.now), by: CancelVisitsOfClosedOrder())
            #expect(try job.bench.fire(LetConfirmationPass(), for: job.order) == isReinstated)
            #expect((job.bench.last(CompletionConfirmed.self) != nil) == isReinstated)
        }
    }
}
