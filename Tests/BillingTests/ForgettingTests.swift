import DomainContracts
import Foundation
import Logging
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
        // Far more than one transaction looks at, and one of his behind them.
        try await service.pool.execute(
            """
            INSERT INTO parked_message (state, source, message_id, wire_type, routing_key, properties, body, reason, detail)
            SELECT 'dead', '/b', 'other ' || n, \(QuoteRefused.wireType), 'x', '{"headers": {}}'::jsonb, \(second), 'r', ''
            FROM generate_series(1, 450) AS n
            UNION ALL SELECT 'dead', '/c', 'last', \(QuoteRefused.wireType), 'x', '{"headers": {}}'::jsonb, \(waiting), 'r', 'Quarkkuchen'
            """)
        _ = try await client.send(
            try client.message(
                CustomerErased(
                    erasureId: UUID(), part: 1, parts: 1, customerId: UUID(), workOrderIds: [his], erasedAt: Date())))
        try await eventually("he is forgotten") {
            try await !service.pool.query("SELECT id FROM heard_erasure WHERE is_done").isEmpty
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
        let parked = try await texts("SELECT body FROM parked_message WHERE source = '/a' ORDER BY message_id")
        #expect(!parked[0].contains("Quarkkuchen") && parked[0].contains(his.text))
        #expect(Array(parked[1].utf8) == payment && parked[2].isEmpty)
        let last = try await texts("SELECT body FROM parked_message WHERE source = '/c'")
        #expect(!last[0].contains("Quarkkuchen") && last[0].contains(his.text))
        let untouched = try await texts("SELECT DISTINCT body FROM parked_message WHERE source = '/b'")
        #expect(untouched.map { Array($0.utf8) } == [second])
        let details = try await service.pool.query("SELECT message_id FROM parked_message WHERE detail <> ''")
        #expect(details.isEmpty)
        await client.close()
        await service.stop()
    }

    @Test("what a program of an earlier release has heard, before or while this one is migrated to, is forgotten")
    func takenOver() async throws {
        let now = try BillingApp.definition(
            policy: BillingPolicy(),
            door: CustomerDoor(links: LinkSigner(secret: String(repeating: "s", count: 32))), clock: .real)
        let before = ServiceDefinition(.billing, migrations: now.migrations.filter { $0.version < 6 })
        let site = try await TestSite.fresh(before)
        func hear(_ stage: String) async throws -> UUID {
            let id = UUID()
            let told = CustomerErased(erasureId: id, part: 1, parts: 1, customerId: UUID(), erasedAt: Date())
            let event = try JSONB(encoding: told, encoder: WireJSON.encoder())
            try await site.pool.execute(
                """
                INSERT INTO erasure (id, version, state) VALUES (\(id), 7, jsonb_build_object(
                    'told', \(event)::jsonb, 'stage', \(stage)::text, 'statesDone', 200, 'logPosition', 5, 'logEnd', 9))
                """)
            return id
        }
        let (done, begun) = (try await hear("done"), try await hear("log"))
        try await ServiceHost.migrator(now, site.pool).migrate(logger: Logger(label: "test"))
        let late = try await hear("states")
        let heard = try await site.pool.query("SELECT id, state->>'stage' AS stage, version FROM heard_erasure")
        let stages = try Dictionary(
            uniqueKeysWithValues: heard.map { (try $0.get("id", as: UUID.self), try $0.get("stage", as: String.self)) })
        #expect(stages == [done: "done", begun: "states", late: "states"])
        let service = try await RunningService.start(now, on: site)
        try await eventually("all three are done") {
            try await site.pool.query("SELECT id FROM heard_erasure WHERE is_done").count == 3
        }
        await service.stop()
    }
}
