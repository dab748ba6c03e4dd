import AMQP
import DomainContracts
import Foundation
import ServiceKit
import Synchronization

/// The one door to Mendloop: commands and queries with their answers, over AMQP and nothing else.
///
/// Any number of requests may be open at once. One whose answer does not come is sent again under its own id, which has no
/// second effect; so a killed service or broker costs the simulation time and nothing else.
final class BrokerClient: Sendable {
    /// What a command came to.
    enum Outcome<Accepted: Sendable>: Sendable {
        case accepted(Accepted)
        case refused(Problem)
    }

    let clock: DomainClock
    private let publisher: AMQPPublisher
    private let replies: AMQPConsumer
    private let replyQueue: String
    private let desk = Bulletin<String, Delivery>()
    private let figures = Mutex(BrokerFigures())
    /// Real time after which an unanswered command is sent again.
    private let patience: Duration

    init(_ configuration: AMQPConfiguration, clock: DomainClock, patience: Duration = .seconds(15)) {
        self.clock = clock
        self.patience = patience
        publisher = AMQPPublisher(configuration)
        replyQueue = "reply.\(configuration.user).\(UUID.v7().text)"
        replies = AMQPConsumer(configuration, exclusiveReplyQueue: replyQueue, prefetch: 1_000)
    }

    /// What has gone over the wire so far.
    var counts: BrokerFigures { figures.withLock { $0 } }

    /// Takes replies until `close`.
    func receive() async {
        while !Task.isCancelled {
            do {
                let batch = try await replies.nextBatch(limit: 500)
                guard let last = batch.last else { return }
                for delivery in batch {
                    if let correlation = delivery.properties.correlationID { desk.post(correlation, delivery) }
                }
                await replies.acknowledge(through: last)
            } catch is CancellationError {
                return
            } catch {
                try? await Task.sleep(for: .milliseconds(250))
            }
        }
    }

    /// Waits until replies can arrive. Throws `CancellationError`.
    func awaitConnection() async throws {
        while await !replies.isConnected {
            try Task.checkCancellation()
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    func close() async {
        await replies.close()
        await publisher.close()
    }

    /// Sends a command and waits for its answer, for as long as it takes.
    ///
    /// Throws `CancellationError`, and `SimulationError` when nobody takes the routing key or the answer cannot be read.
    func send<C: Command>(
        _ command: C, as speaker: Speaker, channel: String? = nil, id: String = UUID.v7().text,
        story: UUID? = nil
    ) async throws -> Outcome<C.Reply> {
        let envelope = Envelope(
            id: id, source: speaker.source, type: C.wireType, time: clock.now(),
            partitionkey: story?.text, authtype: speaker.authtype, authid: speaker.authid)
        let message = try message(
            envelope, command, exchange: MendloopTopology.commands, key: C.routingKey(channel: channel))
        let began = ContinuousClock.now
        let delivery = try await exchange(message, patience: patience)
        figures.withLock { $0.answered(after: ContinuousClock.now - began) }
        return try read(delivery, accepted: C.acceptedType)
    }

    /// Asks a query until it is answered.
    func ask<Q: Query>(_ query: Q) async throws -> Q.Reply {
        try await ask(Q.wireType, key: Q.routingKey, query, answer: Q.answerType)
    }

    /// Asks what every service answers alike, such as `dead`.
    func ask<Question: Codable & Sendable, Answer: Codable & Sendable>(
        _ service: ServiceName, _ name: String, _ question: Question
    ) async throws -> Answer {
        try await ask(
            Operations.type(service, name), key: "\(service.rawValue).\(name)", question,
            answer: "mendloop.\(service.rawValue).\(name)-answer.v1")
    }

    private func ask<Question: Codable & Sendable, Answer: Codable & Sendable>(
        _ type: String, key: String, _ question: Question, answer: String
    ) async throws -> Answer {
        let envelope = Envelope(
            id: UUID.v7().text, source: "/console", type: type, time: clock.now(),
            authtype: "user", authid: "simulator")
        let message = try message(envelope, question, exchange: MendloopTopology.queries, key: key)
        let delivery = try await exchange(message, patience: .seconds(8))
        switch try read(delivery, accepted: answer) as Outcome<Answer> {
        case .accepted(let answer): return answer
        case .refused(let problem): throw SimulationError.unexpected("\(key): \(problem.code) \(problem.title)")
        }
    }

    private func message<Body: Codable & Sendable>(
        _ envelope: Envelope, _ body: Body, exchange: String, key: String
    ) throws -> OutgoingMessage {
        OutgoingMessage(
            exchange: exchange, routingKey: key,
            properties: AMQPProperties(
                contentType: "application/cloudevents+json", correlationID: UUID.v7().uuidString, replyTo: replyQueue,
                messageID: envelope.id, timestamp: Date.now, type: envelope.type, appID: "mendloop-simulator"),
            body: Array(try WireJSON.encoder().encode(CloudEvent(envelope, body))))
    }

    /// Publishes and waits; again under the same id when the publish or the answer was lost.
    private func exchange(_ message: OutgoingMessage, patience: Duration) async throws -> Delivery {
        let correlation = message.properties.correlationID ?? ""
        defer { desk.forget(correlation) }
        var unroutable = 0
        while true {
            try Task.checkCancellation()
            figures.withLock { $0.published += 1 }
            switch (try? await publisher.publish(message)) ?? .unknown {
            case .confirmed:
                if let delivery = await desk.value(correlation, within: patience) { return delivery }
                figures.withLock { $0.repeated += 1 }
            case .returned(_, let text):
                // A queue of queries is gone for a moment after a broker's restart.
                unroutable += 1
                if unroutable > 60 {
                    throw SimulationError.unexpected("nobody takes \(message.routingKey): \(text)")
                }
                try await Task.sleep(for: .milliseconds(500))
            case .rejected, .unknown:
                try await Task.sleep(for: .milliseconds(250))
            }
        }
    }

    private func read<Accepted: Codable & Sendable>(
        _ delivery: Delivery, accepted: String
    ) throws -> Outcome<Accepted> {
        let body = Data(delivery.body)
        if delivery.properties.type == accepted {
            return .accepted(try WireJSON.decoder().decode(CloudEvent<Accepted>.self, from: body).data)
        }
        return .refused(try WireJSON.decoder().decode(CloudEvent<Problem>.self, from: body).data)
    }
}
