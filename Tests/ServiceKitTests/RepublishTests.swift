import AMQP
import DomainContracts
import Foundation
import ServiceTesting
import Testing

@testable import ServiceKit

@Suite("Events said again, on real servers")
struct RepublishTests {
    private func ask(_ client: TestClient, _ query: RepublishQuery) async throws -> Republished {
        let type = Operations.type(.dispatch, Operations.republish)
        return try await client.reply(
            to: try TestClient.message(
                Envelope(id: UUID().text, source: "/test", type: type, time: Date()), query,
                exchange: MendloopTopology.queries, key: "dispatch.\(Operations.republish)"),
            accepted: Operations.type(.dispatch, Operations.republish + "-answer"))
    }

    @Test("what was told is said again by pages, as it was, published or not yet; requests to act are not kept")
    func pages() async throws {
        let service = try await RunningService.start(try Sample.definition())
        let client = try service.client()
        let heard = try await client.listen(AssignmentAccepted.routingKey())
        for _ in 0..<5 { _ = try await client.ask(AcceptAssignment(assignmentId: UUID(), engineerId: UUID())) }
        var first: [String] = []
        while first.count < 5 {
            let deliveries = try await heard.nextBatch(limit: 5)
            first += deliveries.compactMap(\.properties.messageID)
            if let last = deliveries.last { await heard.acknowledge(through: last) }
        }
        try await eventually("all are published, and out of the outbox") {
            try await service.pool.query("SELECT 1 AS one FROM event_log").count == 5
        }
        await service.stop()

        // As if one had been committed and the service had stopped before it was published, and one asked somebody to act.
        let unkept = NotificationRequested.wireType
        try await service.pool.execute(
            """
            INSERT INTO outbox (message_id, wire_type, routing_key, subject, body)
            SELECT 'late', wire_type, routing_key, 'x', body FROM event_log ORDER BY id LIMIT 1
            """)
        try await service.pool.execute(
            """
            INSERT INTO outbox (message_id, wire_type, routing_key, subject, body)
            SELECT 'act', \(unkept), routing_key, 'x', body FROM event_log ORDER BY id LIMIT 1
            """)
        var query = RepublishQuery(from: 0, limit: 4)
        let (one, two) = try await service.pool.withConnection { [query] connection in
            let one = try await EventLog.page(query, on: connection)
            let two = try await EventLog.page(RepublishQuery(from: one.next ?? 0, limit: 4), on: connection)
            return (one, two)
        }
        #expect(one.events.count == 4 && one.next == one.events.last?.position)
        #expect(two.events.count == 2 && two.next == nil)
        let again = (one.events + two.events).compactMap { told -> String? in
            guard case .object(let envelope) = told.event, case .string(let id) = envelope["id"] else { return nil }
            return id
        }
        #expect(Array(again.prefix(5)) == first)
        query.types = ["mendloop.dispatch.assignment-declined.v1"]
        let none = try await service.pool.withConnection { [query] in try await EventLog.page(query, on: $0) }
        #expect(none == Republished())

        // Moved once more, by a second leader say, it is kept once; what asks to act is gone.
        let ids = try await service.pool.query("SELECT id FROM outbox").map { try $0.get("id", as: Int.self) }
        try await service.pool.execute(EventLog.keep(ids))
        try await service.pool.execute(EventLog.keep(ids))
        let kept = try await service.pool.query("SELECT wire_type FROM event_log")
        #expect(kept.count == 6)
        #expect(try kept.allSatisfy { try $0.get("wire_type", as: String.self) != unkept })
        await client.close()
    }

    @Test("anybody may ask a running service for its past")
    func asked() async throws {
        let service = try await RunningService.start(try Sample.definition())
        let client = try service.client()
        _ = try await client.ask(AcceptAssignment(assignmentId: UUID(), engineerId: UUID()))
        let past = try await ask(client, RepublishQuery(from: 0))
        #expect(past.events.map(\.routingKey) == [AssignmentAccepted.routingKey()] && past.next == nil)
        await service.stop()
        await client.close()
    }

    @Test("a reply names the events that its command caused; one that is given again does not")
    func told() async throws {
        let service = try await RunningService.start(try Sample.definition())
        let client = try service.client()
        let heard = try await client.listen(AssignmentAccepted.routingKey())
        let requester = AMQPRequester(try AMQPConfiguration(url: service.settings.amqpURL, connectionName: "test"))
        let command = try client.message(AcceptAssignment(assignmentId: UUID(), engineerId: UUID()))
        let reply = try await requester.request(command, timeout: .seconds(20))
        let delivery = try #require(try await heard.nextBatch(limit: 1).first)
        let told = try #require(ToldEvents.named(in: reply.properties))
        #expect(told.map(\.id) == [delivery.properties.messageID])
        #expect(told.map(\.type) == [AssignmentAccepted.wireType])
        let again = try await requester.request(command, timeout: .seconds(20))
        #expect(again.properties.type == reply.properties.type && ToldEvents.named(in: again.properties) == nil)
        // Nothing is told by a posting's turn itself: then there is nothing to wait for.
        let posted = try await requester.request(
            try client.message(
                BookSlot(assignmentId: UUID(), window: TimeWindow(start: Date(), end: Date()))), timeout: .seconds(20))
        #expect(ToldEvents.named(in: posted.properties) == [])
        await requester.close()
        await service.stop()
        await client.close()
    }
}
