import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import FieldService

/// The whole service on a real PostgreSQL and RabbitMQ.
@Suite("field service, running", .serialized) struct RunningFieldServiceTests {
    @Test("a visit goes from its order to the deadline's confirmation, whatever order its news came in", .slow)
    func wholeVisit() async throws {
        let job = Job()
        let time = ManualTime(job.start)
        let service = try await RunningService.start(
            try FieldServiceApp.definition(door: job.door), clock: .manual(time))
        let client = try service.client()
        let heard = try await client.listen("field-service.visit-ended.v1", "field-service.completion-confirmed.v1")
        let (order, visit, engineer) = (job.order, job.visit, job.engineer)
        // The assignment's news overtakes the order's: parked, and taken up once the order is known.
        _ = try await client.send(
            try client.message(job.booked(), story: order, sequence: 3),
            try client.message(job.accepted(), story: order, sequence: 2))
        _ = try await client.send(try client.message(Samples.opened(order, at: job.start), story: order))
        try await eventually("the visit is scheduled") {
            try await client.ask(VisitQuery(visitId: visit)).status == .scheduled
        }

        time.set(job.window.start)
        _ = try await client.ask(DepartForVisit(visitId: visit, engineerId: engineer))
        _ = try await client.ask(CheckIn(visitId: visit, engineerId: engineer))
        _ = try await client.ask(StartWork(visitId: visit, engineerId: engineer))
        let finding = job.id("finding")
        let record = RecordFinding(
            findingId: finding, visitId: visit, engineerId: engineer, problemCode: "leak", misuse: false,
            estimatedMinutes: 30)
        #expect(try await client.ask(record).status == "paused")
        _ = try await client.send(
            try client.message(
                Samples.prepared(
                    .none, order: order, visit: visit, finding: finding, job.id("estimate"), at: job.start),
                story: order))
        try await eventually("work goes on") {
            try await client.ask(VisitQuery(visitId: visit)).status == .inProgress
        }
        let use = UsePart(
            usageId: job.id("usage"), visitId: visit, engineerId: engineer, partCode: "valve", quantity: 1)
        _ = try await client.ask(use)
        _ = try await client.ask(use)
        let end = EndVisit(
            visitId: visit, engineerId: engineer, reason: .workDone, outcome: .fixed, workMinutes: 60, travelMinutes: 20
        )
        #expect(try await client.ask(end).status == "ended")
        let refusal = await #expect(throws: Problem.self) { try await client.ask(end) }
        #expect(refusal?.code == "visit-not-on-site")
        let ended = try await heard.next(VisitEnded.self)
        #expect(ended.partsUsed.count == 1)

        time.set(job.window.start + 72 * 3600)
        let confirmed = try await heard.next(CompletionConfirmed.self)
        #expect(confirmed.how == .deadline)
        #expect(confirmed.reportId == ended.report?.reportId)
        let totals = try await client.ask(FieldServiceTotalsQuery())
        #expect(totals.reports == 1 && totals.workMinutes == 60 && totals.arrivedOnTime == 1)
        await client.close()
        await service.stop()
    }
}
