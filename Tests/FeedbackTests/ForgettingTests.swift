import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import Feedback

@Suite("Forgetting a customer in feedback")
struct ForgettingTests {
    @Test(
        "how he was reached goes with his contacts' news, what a channel said of it with the rest; that it was said stays"
    )
    func deliveries() async throws {
        let desk = Desk()
        let time = ManualTime(desk.bench.now)
        let service = try await RunningService.start(
            try FeedbackApp.definition(desk: desk.links, clock: .manual(time)), clock: .manual(time))
        let client = try service.client()
        let heard = try await client.listen("feedback.notification-requested.v1.wechat")
        _ = try await client.send(
            try client.message(desk.known(), sequence: 1), try client.message(desk.opened(), story: desk.order))
        // Of a request that became no order.
        let request = UUID()
        let story = UUID()
        _ = try await client.send(
            try client.message(
                RequestIncomplete(
                    requestId: request, requestNumber: "SR-1", channel: "wechat", contactId: desk.contact,
                    missing: ["/problem"],
                    receivedAt: desk.bench.now, language: "zh-Hans"), story: story))
        for _ in 1...2 {
            let told = try await heard.next(NotificationRequested.self)
            _ = try await client.ask(
                ConfirmDelivery(
                    notificationId: told.notificationId, status: .failed, detail: "Quarkkuchen of +8613800138000"),
                channel: "wechat", actor: ("adapter", "wechat"))
        }
        func places() async throws -> [String] {
            var found: [String] = []
            for (table, text) in [
                ("contact", "state::text"), ("notification", "state::text"),
                ("event_log", "convert_from(body, 'UTF8')"),
                ("outbox", "convert_from(body, 'UTF8')"),
            ] {
                let rows = try await service.pool.query(
                    """
                    SELECT 1 AS one FROM \(unsafe: table) WHERE \(unsafe: text) LIKE '%Quarkkuchen%'
                        OR \(unsafe: text) LIKE '%13800138000%'
                    """)
                if !rows.isEmpty { found.append(table) }
            }
            return found
        }
        try await eventually("all is told") { try await places() == ["contact", "notification", "event_log"] }
        let totals = try await client.ask(FeedbackTotalsQuery())
        let blank = ContactChanged(
            contactId: desk.contact, customerId: desk.contact, channel: "none", language: "zh-Hans")
        _ = try await client.send(
            try client.message(blank, sequence: 2),
            try client.message(
                CustomerErased(
                    erasureId: UUID(), part: 1, parts: 1, customerId: desk.contact, contactIds: [desk.contact],
                    requestIds: [request], workOrderIds: [desk.order, story], erasedAt: desk.bench.now)))
        try await eventually("he is forgotten") {
            try await !service.pool.query("SELECT id FROM heard_erasure WHERE is_done").isEmpty
        }
        try await eventually("nothing is left") { try await places() == [] }
        #expect(try await client.ask(FeedbackTotalsQuery()) == totals)
        await client.close()
        await service.stop()
    }
}
