import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import Feedback

/// The whole service on a real PostgreSQL and RabbitMQ.
@Suite("feedback, running", .serialized) struct RunningFeedbackTests {
    @Test("a customer is told, asked and counted, though his contact data come last", .slow)
    func wholeStory() async throws {
        let desk = Desk()
        let time = ManualTime(desk.bench.now)
        let service = try await RunningService.start(
            try FeedbackApp.definition(desk: desk.links, clock: .manual(time)), clock: .manual(time))
        let client = try service.client()
        let heard = try await client.listen("feedback.notification-requested.v1.wechat")
        let order = desk.order
        _ = try await client.send(
            try client.message(desk.confirmed(), story: order), try client.message(desk.opened(), story: order),
            try client.message(desk.opened(), story: order))
        _ = try await client.send(try client.message(desk.known()))
        var told: [NotificationRequested] = []
        while told.count < 2 { told.append(try await heard.next(NotificationRequested.self)) }
        #expect(told.map(\.template) == ["report-received", "survey"])
        let token = try #require(told.last?.token)

        let bad = await #expect(throws: Problem.self) {
            try await client.ask(
                desk.answer(token: token, satisfaction: 6), channel: "wechat", actor: ("customer", "c"))
        }
        #expect(bad?.errors.map(\.pointer) == ["/data/satisfaction"])
        let answered = try await client.ask(
            desk.answer(token: token), channel: "wechat", actor: ("customer", "c"))
        #expect(answered.status == "answered")
        for notification in told {
            let delivered = ConfirmDelivery(notificationId: notification.notificationId, status: .delivered)
            _ = try await client.ask(delivered, channel: "wechat", actor: ("adapter", "wechat"))
        }
        _ = try await client.send(try client.message(desk.closed(), story: order, sequence: 9))
        try await eventually("the order is counted") { try await client.ask(KPIQuery()).closed == 1 }
        let kpis = try await client.ask(KPIQuery())
        #expect(kpis.opened == 1 && kpis.surveysSent == 1 && kpis.surveysAnswered == 1)
        #expect(kpis.satisfied == 1 && kpis.promoters == 1)
        #expect(kpis.firstResponseMedian == 200)
        let totals = try await client.ask(FeedbackTotalsQuery())
        #expect(totals.notificationsByStatus == ["delivered": 2])
        #expect(totals.followUpsByStatus == ["answered": 1])
        await client.close()
        await service.stop()
    }
}
