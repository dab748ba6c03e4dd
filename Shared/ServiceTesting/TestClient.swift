import AMQP
import DomainContracts
import Foundation
import ServiceKit

/// Sends commands and hears events as anybody outside would.
public struct TestClient: Sendable {
    public let publisher: AMQPPublisher
    private let requester: AMQPRequester
    private let url: String

    public init(url: String) throws {
        self.url = url
        let configuration = try AMQPConfiguration(url: url, connectionName: "test client")
        publisher = AMQPPublisher(configuration)
        requester = AMQPRequester(configuration)
    }

    /// The command as a message; give `id` to send the same one again.
    public func message<C: Command>(
        _ command: C, id: String = UUID().text, source: String? = nil, channel: String? = nil,
        actor: (type: String, id: String) = ("user", "tester"), story: UUID? = nil
    ) throws -> OutgoingMessage {
        let envelope = Envelope(
            id: id, source: source ?? channel.map { "/adapters/\($0)" } ?? "/test", type: C.wireType, time: Date(),
            partitionkey: story?.text,
            authtype: actor.type, authid: actor.id)
        return try Self.message(
            envelope, command, exchange: MendloopTopology.commands, key: C.routingKey(channel: channel))
    }

    /// An event as another service would tell it.
    public func message<E: Event>(
        _ event: E, id: String = UUID().text, story: UUID? = nil, sequence: Int = 1
    ) throws -> OutgoingMessage {
        let envelope = Envelope(
            id: id, source: "/mendloop/\(E.service.rawValue)", type: E.wireType, time: Date(), sequence: sequence,
            partitionkey: story?.text)
        return try Self.message(envelope, event, exchange: MendloopTopology.events, key: E.routingKey())
    }

    public static func message<D: Codable & Sendable>(
        _ envelope: Envelope, _ data: D, exchange: String, key: String
    ) throws -> OutgoingMessage {
        OutgoingMessage(
            exchange: exchange, routingKey: key, mandatory: true,
            properties: AMQPProperties(
                contentType: "application/cloudevents+json", messageID: envelope.id, type: envelope.type,
                appID: "test"),
            body: Array(try WireJSON.encoder().encode(CloudEvent(envelope, data))))
    }

    public func send(_ messages: OutgoingMessage...) async throws -> [PublishOutcome] {
        try await publisher.publish(messages)
    }

    /// Sends and waits for the reply; throws the rejection's problem.
    public func ask<C: Command>(
        _ command: C, id: String = UUID().text, source: String? = nil, channel: String? = nil,
        actor: (type: String, id: String) = ("user", "tester"), story: UUID? = nil
    ) async throws -> C.Reply {
        try await reply(
            to: try message(command, id: id, source: source, channel: channel, actor: actor, story: story),
            accepted: C.acceptedType)
    }

    public func ask<Q: Query>(_ query: Q) async throws -> Q.Reply {
        let envelope = Envelope(
            id: UUID().text, source: "/test", type: Q.wireType, time: Date())
        return try await reply(
            to: try Self.message(envelope, query, exchange: MendloopTopology.queries, key: Q.routingKey),
            accepted: Q.answerType)
    }

    public func reply<R: Codable & Sendable>(to message: OutgoingMessage, accepted: String) async throws -> R {
        let delivery = try await requester.request(message, timeout: .seconds(20))
        guard delivery.properties.type == accepted else {
            throw try WireJSON.decoder().decode(CloudEvent<Problem>.self, from: Data(delivery.body)).data
        }
        return try WireJSON.decoder().decode(CloudEvent<R>.self, from: Data(delivery.body)).data
    }

    /// Hears every event whose routing key matches, from now on.
    public func listen(_ keys: String...) async throws -> AMQPConsumer {
        let queue = "test.\(UUID().uuidString)"
        let administrator = AMQPAdministrator(try AMQPConfiguration(url: url, connectionName: "test listener"))
        try await administrator.declare(
            Topology(
                queues: [.init(queue, durable: true)],
                bindings: keys.map { .init(queue: queue, exchange: MendloopTopology.events, key: $0) }))
        await administrator.close()
        return AMQPConsumer(
            try AMQPConfiguration(url: url, connectionName: "test listener"), queue: queue, prefetch: 100)
    }

    public func close() async {
        await publisher.close()
        await requester.close()
    }
}
