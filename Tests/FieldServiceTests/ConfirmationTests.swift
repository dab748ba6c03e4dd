import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import FieldService

@Suite("the customer's word on a report") struct ConfirmationTests {
    private func done() throws -> Job {
        var job = Job()
        try job.work()
        try job.end(.workDone, outcome: .fixed)
        return job
    }

    private func token(_ purpose: SignedLink.Purpose, _ subject: UUID, expires: TimeInterval = 2_000) -> String {
        Job.links.token(
            for: SignedLink(
                purpose: purpose, subject: subject.uuidString.lowercased(),
                expires: Date(timeIntervalSince1970: expires)))
    }

    @Test("the customer confirms by his link, once")
    func byLink() throws {
        var job = try done()
        let token = token("confirm-completion", job.order)
        let first = try job.confirm(token: token, signedBy: nil, by: ("customer", "c1"), channel: "wechat")
        #expect(first.status == "confirmed")
        #expect(try job.confirm(token: token, signedBy: nil, by: ("customer", "c1"), channel: "wechat") == first)
        let told = job.bench.all(CompletionConfirmed.self)
        #expect(told.map(\.how) == [.customer])
        #expect(told.first?.reportId == job.bench.state(Visit.self, job.visit)?.report?.reportId)
        #expect(job.bench.timers.isEmpty)
    }

    @Test("no token, a wrong purpose, another order's or an expired token is forbidden")
    func badTokens() throws {
        var job = try done()
        let bad: [String?] = [
            nil, token("dispute-completion", job.order), token("confirm-completion", job.visit),
            token("confirm-completion", job.order, expires: 999), "v1.a.b",
        ]
        for token in bad {
            #expect(job.refusal { try $0.confirm(token: token, by: ("customer", "c1")) } == "forbidden")
            #expect(job.refusal { try $0.confirm(token: token, channel: "wechat") } == "forbidden")
        }
        #expect(job.bench.all(CompletionConfirmed.self).isEmpty)
    }

    @Test("the engineer's app confirms with the customer's signature")
    func bySignature() throws {
        var job = try done()
        #expect(job.pointers { try $0.confirm(signedBy: nil, by: ("engineer", "e")) } == ["/data/signature"])
        try job.confirm(signedBy: "王敏", by: ("engineer", "e"))
        #expect(job.report?.word?.signedBy == "王敏")
    }

    @Test("a report that is not the newest cannot be confirmed")
    func notCurrent() throws {
        var job = try done()
        #expect(job.refusal { try $0.confirm(report: $0.id("another")) } == "report-not-current")
    }

    @Test("without a word for 72 hours the report counts as confirmed")
    func deadline() throws {
        var job = try done()
        let made = job.bench.now
        try job.bench.fire(LetConfirmationPass(), for: job.order)
        let told = try #require(job.bench.last(CompletionConfirmed.self))
        #expect(told.how == .deadline)
        #expect(told.confirmedAt == made + 72 * 3600)
        try job.confirm()
        #expect(job.bench.all(CompletionConfirmed.self).count == 1)
    }

    @Test("a disputed report is told, stops the deadline, and cannot be confirmed any more")
    func dispute() throws {
        var job = try done()
        let dispute = DisputeCompletion(workOrderId: job.order, reason: "still leaking")
        let door = job.door
        try job.bench.send(dispute, to: DisputeReport(door: door))
        #expect(job.bench.last(CompletionDisputed.self)?.reason == "still leaking")
        #expect(job.bench.timers.isEmpty)
        #expect(job.refusal { try $0.confirm() } == "report-not-awaiting")
        #expect(job.refusal { try $0.bench.send(dispute, to: DisputeReport(door: door)) } == "report-not-awaiting")
        #expect(
            job.pointers {
                try $0.bench.send(DisputeCompletion(workOrderId: $0.order, reason: " "), to: DisputeReport(door: door))
            } == ["/data/reason"])
    }

    @Test("the report of a later visit takes the place of one that still waits")
    func superseded() throws {
        var job = try done()
        let first = try #require(job.bench.state(Visit.self, job.visit)?.report)
        let second = job.id("second")
        try job.bench.receive(job.booked(job.window, rebooked: false, second), by: ScheduleBookedVisit(), sequence: 3)
        let engineer = job.engineer
        try job.bench.send(CheckIn(visitId: second, engineerId: engineer), to: CheckInOnSite())
        try job.bench.send(StartWork(visitId: second, engineerId: engineer), to: StartWorkOnVisit())
        try job.bench.send(
            EndVisit(
                visitId: second, engineerId: engineer, reason: .workDone, outcome: .fixed, workMinutes: 1,
                travelMinutes: 1),
            to: EndVisitOnSite())
        #expect(job.bench.state(ServiceReport.self, first.reportId)?.status == .superseded)
        try job.confirm()
        #expect(job.bench.last(CompletionConfirmed.self)?.visitId == second)
    }

    @Test("an order that was cancelled wants no confirmation any more")
    func cancelled() throws {
        var job = try done()
        try job.bench.receive(Samples.closed(job.order, visits: 1, at: job.bench.now), by: CancelVisitsOfClosedOrder())
        #expect(job.bench.timers.isEmpty)
        #expect(job.refusal { try $0.confirm() } == "report-not-awaiting")
    }

    @Test("a signature that comes after the word, or after its deadline, is added to it, once")
    func signedLater() throws {
        for isByDeadline in [false, true] {
            var job = try done()
            if isByDeadline {
                try job.bench.fire(LetConfirmationPass(), for: job.order)
            } else {
                try job.confirm(token: token("confirm-completion", job.order), signedBy: nil, by: ("customer", "c1"))
            }
            let (door, order, word) = (job.door, job.order, job.report?.word)
            func sign(_ name: String, _ job: inout Job) throws {
                try job.bench.send(
                    ConfirmCompletion(
                        workOrderId: order, signedBy: name,
                        signature: Attachment(dataref: "\(name).png", mediaType: "image/png")),
                    to: ConfirmReport(door: door), by: ("engineer", "e"))
            }
            try sign("王敏", &job)
            #expect(job.report?.word?.signature?.dataref == "王敏.png" && job.report?.word?.signedBy == "王敏")
            #expect(job.report?.word?.at == word?.at && job.report?.word?.how == word?.how)
            try sign("李强", &job)
            #expect(job.report?.word?.signature?.dataref == "王敏.png")
            #expect(job.bench.all(CompletionConfirmed.self).count == 1)
        }
    }
}
