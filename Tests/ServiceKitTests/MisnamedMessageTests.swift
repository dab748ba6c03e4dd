import AMQP
import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

/// The broker lets people publish by routing key; what a message says of itself must be what its key says.
@Suite("Messages under another's key, on real servers")
struct MisnamedMessageTests {
    @Test("a command, an event, an operation and a query do nothing under a key that does not name them")
    func misnamed() async throws {
        let service = try await RunningService.start(try Sample.definition())
        let client = try service.client()
        let command = AcceptAssignment(assignmentId: UUID(), engineerId: UUID())
        for key in ["dispatch.decline.web", "dispatch.accept-nothing", "dispatch.accepting.web"] {
            var message = try client.message(command)
            message.routingKey = key
            _ = try await client.send(message)
        }
        // Under the key of a command that is known here its sender is told; the key's own command was not said.
        var misnamed = try client.message(WorkOrderOpened.sample(UUID()))
        misnamed.exchange = MendloopTopology.commands
        misnamed.routingKey = "\(AcceptAssignment.routingKey()).web"
        let problem = await #expect(throws: Problem.self) {
            let _: Acknowledgement = try await client.reply(to: misnamed, accepted: AcceptAssignment.acceptedType)
        }
        #expect(problem?.code == "forbidden")

        var settle = try TestClient.message(
            Envelope(id: "settle", source: "/test", type: Operations.type(.dispatch, Operations.settleDeadLetters)),
            SettleDeadLetters(action: "discard", reason: "undecodable", by: "test"),
            exchange: MendloopTopology.commands,
            key: "dispatch.decline.web")
        settle.mandatory = false
        _ = try await client.send(settle)
        var query = try TestClient.message(
            Envelope(id: "query", source: "/test", type: DispatchTotalsQuery.wireType), DispatchTotalsQuery(),
            exchange: MendloopTopology.queries, key: "dispatch.work-board")
        query.mandatory = false
        let unanswered = await #expect(throws: Problem.self) {
            let _: DispatchTotals = try await client.reply(to: query, accepted: DispatchTotalsQuery.answerType)
        }
        #expect(unanswered?.code == "unknown-query")

        // What is rightly named behind them is handled; of them nothing was.
        _ = try await client.ask(command)
        try await eventually("the five misnamed are dead letters") {
            let rows = try await service.pool.query("SELECT routing_key FROM parked_message WHERE state = 'dead'")
            return rows.count == 5
        }
        #expect(try await client.ask(DispatchTotalsQuery()).engineers == 1)
        #expect(try await service.pool.query("SELECT id FROM account").isEmpty)
        await client.close()
        await service.stop()
    }

    @Test(
        "what one channel says in another's name is refused, and takes nothing from what the other says under that id")
    func foreign() async throws {
        let service = try await RunningService.start(try Sample.definition())
        let client = try service.client()
        let command = AcceptAssignment(assignmentId: UUID(), engineerId: UUID())
        let problem = await #expect(throws: Problem.self) {
            let _: Acknowledgement = try await client.reply(
                to: try client.message(command, id: "theirs", source: "/adapters/wechat", channel: "web"),
                accepted: AcceptAssignment.acceptedType)
        }
        #expect(problem?.code == "forbidden")
        #expect(problem?.errors.map(\.pointer) == ["/source"])
        let other = AcceptAssignment(assignmentId: UUID(), engineerId: UUID())
        let taken: Acknowledgement = try await client.reply(
            to: try client.message(other, id: "theirs", source: "/adapters/wechat", channel: "wechat"),
            accepted: AcceptAssignment.acceptedType)
        #expect(taken.version == 1)
        await client.close()
        await service.stop()
    }

    @Test("an answer goes to the inbox of the channel that the key names, and to no other's")
    func inbox() async throws {
        let service = try await RunningService.start(try Sample.definition())
        let client = try service.client()
        let administrator = AMQPAdministrator(
            try AMQPConfiguration(url: service.settings.amqpURL, connectionName: "test"))
        try await administrator.declare(
            Topology(queues: ["web", "wechat"].map { .init("adapter-\($0).inbox", durable: true) }, bindings: []))
        for (id, inbox) in [("foreign", "adapter-wechat.inbox"), ("own", "adapter-web.inbox")] {
            var message = try client.message(
                AcceptAssignment(assignmentId: UUID(), engineerId: UUID()), id: id, channel: "web")
            message.properties.replyTo = inbox
            message.properties.correlationID = id
            _ = try await client.send(message)
        }
        let configuration = try AMQPConfiguration(url: service.settings.amqpURL, connectionName: "test inbox")
        let own = AMQPConsumer(configuration, queue: "adapter-web.inbox", prefetch: 10)
        #expect(try await own.nextBatch(limit: 1).map(\.properties.correlationID) == ["own"])
        #expect(try await administrator.depth(of: "adapter-wechat.inbox").messageCount == 0)
        await own.close()
        await administrator.close()
        await client.close()
        await service.stop()
    }
}
