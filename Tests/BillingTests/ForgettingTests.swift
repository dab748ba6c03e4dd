import DomainContracts
import Foundation
import Postgres
import ServiceKit
import ServiceTesting
import Testing

@testable import Billing

@Suite("Forgetting a customer where only what was told holds words")
struct ForgettingTests {
    @Test("why he said no goes from what is told again and from what waits; who acted, too; a payment that waits stays")
    func refusals() async throws {
        let service = try await RunningService.start(
            try BillingApp.definition(
                policy: BillingPolicy(),
                door: CustomerDoor(links: LinkSigner(secret: String(repeating: "s", count: 32))), clock: .real))
        let client = try service.client()
        let (his, others) = (UUID(), UUID())
        func told(_ order: UUID) throws -> [UInt8] {
            let envelope = Envelope(
                id: UUID().text, source: "/mendloop/billing", type: QuoteRefused.wireType, sequence: 1,
                partitionkey: order.text, authtype: "customer", authid: "ox-qwertz")
            let refused = QuoteRefused(
                estimateId: UUID(), workOrderId: order, visitId: UUID(), reason: "Quarkkuchen", refusedAt: Date())
            return Array(try WireJSON.encoder().encode(CloudEvent(envelope, refused)))
        }
        func paid(_ order: UUID) throws -> [UInt8] {
            let envelope = Envelope(id: UUID().text, source: "/finance", type: RecordPayment.wireType)
            let payment = RecordPayment(
                paymentId: UUID(), workOrderId: order, amount: Money(100, "CNY"), method: .bankTransfer,
                reference: "4711")
            return Array(try WireJSON.encoder().encode(CloudEvent(envelope, payment)))
        }
        let (first, second, waiting, payment) = (try told(his), try told(others), try told(his), try paid(his))
        try await service.pool.execute(
            """
            INSERT INTO event_log (id, wire_type, routing_key, body) VALUES
                (1001, \(QuoteRefused.wireType), 'billing.quote-refused.v1', \(first)),
                (1002, \(QuoteRefused.wireType), 'billing.quote-refused.v1', \(second))
            """)
        try await service.pool.execute(
            """
            INSERT INTO parked_message (state, source, message_id, wire_type, routing_key, properties, body, reason, detail)
            VALUES ('dead', '/a', '1', \(QuoteRefused.wireType), 'x', '{"headers": {}}', \(waiting), 'r', 'Quarkkuchen'),
                ('dead', '/a', '2', \(RecordPayment.wireType), 'x', '{"headers": {}}', \(payment), 'r', ''),
                ('refused', '/a', '3', \(RecordPayment.wireType), 'x', '{"headers": {}}', \(payment), 'r', '')
            """)
        _ = try await client.send(
            try client.message(
                CustomerErased(
                    erasureId: UUID(), part: 1, parts: 1, customerId: UUID(), workOrderIds: [his], erasedAt: Date())))
        try await eventually("he is forgotten") {
            try await !service.pool.query("SELECT id FROM erasure WHERE is_done").isEmpty
        }
        func texts(_ sql: SQL) async throws -> [String] {
            try await service.pool.query(sql).map {
                String(decoding: try $0.get("body", as: [UInt8].self), as: UTF8.self)
            }
        }
        let log = try await texts("SELECT body FROM event_log ORDER BY id")
        let blank = try WireJSON.decoder().decode(CloudEvent<QuoteRefused>.self, from: Data(log[0].utf8))
        #expect(blank.data.reason == "" && blank.data.workOrderId == his && blank.envelope.authid == nil)
        #expect(Array(log[1].utf8) == second)
        let parked = try await texts("SELECT body FROM parked_message ORDER BY message_id")
        #expect(!parked[0].contains("Quarkkuchen") && parked[0].contains(his.text))
        #expect(Array(parked[1].utf8) == payment && parked[2].isEmpty)
        let details = try await service.pool.query("SELECT message_id FROM parked_message WHERE detail <> ''")
        #expect(details.isEmpty)
        await client.close()
        await service.stop()
    }
}
