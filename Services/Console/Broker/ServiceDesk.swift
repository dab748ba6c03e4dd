import AMQP
import DomainContracts
import Foundation
import ServiceKit

/// The way to the services: commands and queries over AMQP, and what they answer.
struct ServiceDesk: Sendable {
    let requester: AMQPRequester
    /// Nil where there are none, as in tests of the door alone.
    var readModels: ReadModels?
    /// Holds messages against reaches otherwise than by the read models; nil but in tests.
    var otherScopes: ScopeBook?

    var scopes: ScopeBook { otherScopes ?? ScopeBook(self) }

    /// The channel that customers at the door come by.
    static let channel = "web"
    /// A query that nobody took within five seconds is dropped by the broker.
    static let queryPatience = Duration.seconds(6)
    private static let commandPatience = Duration.seconds(20)
    /// What is reckoned over thousands of orders, such as a dry run: a little less than the door waits for an answer.
    static let longPatience = Duration.seconds(25)

    /// In whose name a command is sent.
    struct Sender: Sendable {
        /// Names the command once for all, for this source.
        var id: String
        var source: String
        var authtype: String
        var authid: String?

        static func customer(_ id: String, _ principal: Principal? = nil) -> Sender {
            Sender(
                id: id, source: "/adapters/\(ServiceDesk.channel)", authtype: "customer",
                authid: principal?.roles == [.customer] ? principal?.authid : nil)
        }
    }

    /// Whether the broker can be reached; it is connected to when something is first asked for.
    func check() async throws -> String? {
        if await !requester.isConnected { _ = try await ask(IntakeTotalsQuery()) }
        return nil
    }

    /// A command's reply, and what the service told of it; nil where it does not say, as when it answers again.
    typealias Carried<Reply> = (reply: Reply, told: [ToldEvents.Told]?)

    /// - Throws: `Problem`: the service's refusal, or that it cannot be reached.
    func order<C: Command>(_ command: C, by sender: Sender, channel: String? = nil) async throws -> Carried<C.Reply> {
        try await reply(
            to: command,
            Envelope(
                id: sender.id, source: sender.source, type: C.wireType, time: Date(), authtype: sender.authtype,
                authid: sender.authid),
            exchange: MendloopTopology.commands, key: C.routingKey(channel: channel), accepted: C.acceptedType,
            service: C.service, patience: Self.commandPatience)
    }

    /// - Throws: `Problem`, as above.
    func ask<Q: Query>(_ query: Q, patience: Duration = queryPatience) async throws -> Q.Reply {
        try await reply(
            to: query, Envelope(id: UUID.v7().text, source: "/mendloop/console", type: Q.wireType, time: Date()),
            exchange: MendloopTopology.queries, key: Q.routingKey, accepted: Q.answerType, service: Q.service,
            patience: patience
        ).reply
    }

    /// - Throws: `Problem`, as above.
    func republish(_ service: ServiceName, _ query: RepublishQuery) async throws -> Republished {
        let type = Operations.type(service, Operations.republish)
        return try await reply(
            to: query, Envelope(id: UUID.v7().text, source: "/mendloop/console", type: type, time: Date()),
            exchange: MendloopTopology.queries, key: "\(service.rawValue).\(Operations.republish)",
            accepted: Operations.type(service, Operations.republish + "-answer"), service: service,
            patience: Self.queryPatience
        ).reply
    }

    private func reply<M: Codable & Sendable, Reply: Codable & Sendable>(
        to message: M, _ envelope: Envelope, exchange: String, key: String, accepted: String, service: ServiceName,
        patience: Duration
    ) async throws -> Carried<Reply> {
        let body = Array(try WireJSON.encoder().encode(CloudEvent(envelope, message)))
        let delivery: Delivery
        do throws(AMQPError) {
            delivery = try await requester.request(
                OutgoingMessage(
                    exchange: exchange, routingKey: key,
                    properties: AMQPProperties(
                        contentType: "application/cloudevents+json", messageID: envelope.id, timestamp: Date(),
                        type: envelope.type, appID: "console"),
                    body: body),
                timeout: patience)
        } catch .unroutable, .timeout {
            throw Problem(
                code: "no-answer", title: "The service does not answer", detail: service.rawValue, status: 504)
        } catch {
            throw Problem(code: "unavailable", title: "The broker cannot be reached", status: 503)
        }
        let answer = Data(delivery.body)
        guard delivery.properties.type == accepted else {
            throw try WireJSON.decoder().decode(CloudEvent<Problem>.self, from: answer).data
                .pointing(from: "/data", to: "")
        }
        return (
            try WireJSON.decoder().decode(CloudEvent<Reply>.self, from: answer).data,
            ToldEvents.named(in: delivery.properties)
        )
    }
}
