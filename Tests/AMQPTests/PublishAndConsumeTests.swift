import AMQP
import Foundation
import Testing

@Suite(.timeLimit(.minutes(2)))
struct PublishAndConsumeTests {
    @Test("5,000 persistent messages are confirmed by a quorum queue and come out in order")
    func inOrder() async throws {
        let configuration = try await freshBroker()
        let queue = try await quorumQueue(configuration)
        let publisher = AMQPPublisher(configuration)
        let consumer = AMQPConsumer(configuration, queue: queue, prefetch: 200)

        let outcomes = try await publisher.publish((0..<5000).map { message(queue, $0) })
        #expect(outcomes == Array(repeating: .confirmed, count: 5000))

        let taken = try await take(5000, from: consumer)
        #expect(taken.map(number) == (0..<5000).map { $0 })
        #expect(taken.allSatisfy { $0.properties.persistent && !$0.redelivered && $0.deliveryCount == 0 })
        await publisher.close()
        await consumer.close()
        #expect(try await depth(configuration, queue) == 0)
    }

    @Test("overlapping publishes are each answered with their own outcomes")
    func overlapping() async throws {
        let configuration = try await freshBroker()
        let queue = try await quorumQueue(configuration)
        let publisher = AMQPPublisher(configuration)
        let nowhere = unique("nowhere")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<20 {
                group.addTask {
                    let isLost = caller % 2 == 0
                    let outcomes = try await publisher.publish(
                        (0..<50).map { message(isLost ? nowhere : queue, $0) })
                    let expected: PublishOutcome = isLost ? .returned(code: 312, text: "NO_ROUTE") : .confirmed
                    #expect(outcomes == Array(repeating: expected, count: 50))
                }
            }
            try await group.waitForAll()
        }
        #expect(try await depth(configuration, queue) == 500)
        await publisher.close()
    }

    @Test("an unroutable mandatory message comes back, and its neighbours are confirmed")
    func unroutable() async throws {
        let configuration = try await freshBroker()
        let queue = try await quorumQueue(configuration)
        let publisher = AMQPPublisher(configuration)
        let nowhere = unique("nowhere")
        let messages = (0..<300).map { message($0 % 7 == 3 ? nowhere : queue, $0) }
        let outcomes = try await publisher.publish(messages)
        for (index, outcome) in outcomes.enumerated() {
            #expect(outcome == (index % 7 == 3 ? .returned(code: 312, text: "NO_ROUTE") : .confirmed))
        }
        var optional = message(nowhere, 1)
        optional.mandatory = false
        #expect(try await publisher.publish(optional) == .confirmed)
        await publisher.close()
    }

    @Test("a full queue that rejects publishes is told as rejected")
    func rejected() async throws {
        let configuration = try await freshBroker()
        let queue = unique("full")
        let administrator = AMQPAdministrator(configuration)
        try await administrator.declare(
            Topology(queues: [.init(queue, arguments: ["x-max-length": 3, "x-overflow": "reject-publish"])]))
        let publisher = AMQPPublisher(configuration)
        var outcomes: [PublishOutcome] = []
        for number in 0..<5 {
            outcomes.append(try await publisher.publish(message(queue, number)))
        }
        #expect(outcomes == [.confirmed, .confirmed, .confirmed, .rejected, .rejected])
        // Rejected ones are not the end of it: on another channel, and numbered from one again.
        #expect(try await administrator.take(from: queue) != nil)
        #expect(try await publisher.publish((5..<7).map { message(queue, $0) }) == [.confirmed, .rejected])
        #expect(try await administrator.purge(queue) == 3)
        #expect(try await publisher.publish(message(queue, 7)) == .confirmed)
        await publisher.close()
        await administrator.close()
    }

    @Test("properties, headers and unusual texts come through unchanged")
    func properties() async throws {
        let configuration = try await freshBroker()
        let queue = try await quorumQueue(configuration)
        let sent = AMQPProperties(
            contentType: "application/cloudevents+json", contentEncoding: "identity",
            headers: [
                "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "文": "修环 – ✓",
                "negative": -42, "large": .int(.max), "no": false, "half": 0.5, "raw": .bytes([0, 255, 1]),
                "when": .date(Date(timeIntervalSince1970: 1_795_000_000)), "nothing": .null,
                "nested": .table(["list": .array([1, "two", .table([:]), .array([])])]),
            ],
            persistent: true, priority: 3, correlationID: "c-1", replyTo: "reply.me", expiration: "600000",
            messageID: "m-1", timestamp: Date(timeIntervalSince1970: 1_795_000_001), type: "mendloop.test.v1",
            userID: "mendloop", appID: "tests")
        let publisher = AMQPPublisher(configuration)
        let body = [UInt8](0...255)
        let outcome = try await publisher.publish(
            OutgoingMessage(exchange: "", routingKey: queue, properties: sent, body: body))
        #expect(outcome == .confirmed)
        let transient = OutgoingMessage(
            exchange: "", routingKey: queue, properties: AMQPProperties(persistent: false), body: [])
        #expect(try await publisher.publish(transient) == .confirmed)
        let consumer = AMQPConsumer(configuration, queue: queue, prefetch: 10)
        let taken = try await take(2, from: consumer)
        #expect(taken[0].properties == sent)
        #expect(taken[0].body == body)
        #expect(taken[0].routingKey == queue)
        #expect(taken[0].exchange == "")
        #expect(taken[1].properties == AMQPProperties(persistent: false))
        #expect(taken[1].body.isEmpty)
        await publisher.close()
        await consumer.close()
    }

    @Test("bodies of many frames come through whole, among small ones")
    func largeBodies() async throws {
        let configuration = try await freshBroker()
        let queue = try await quorumQueue(configuration)
        var generator = SystemRandomNumberGenerator()
        let bodies = [1 << 20, 3, 0, 131_064, 131_065, (1 << 20) + 1, 17].map { size in
            (0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) }
        }
        let publisher = AMQPPublisher(configuration)
        let outcomes = try await publisher.publish(
            bodies.map { OutgoingMessage(exchange: "", routingKey: queue, body: $0) })
        #expect(outcomes.allSatisfy { $0 == .confirmed })
        let consumer = AMQPConsumer(configuration, queue: queue, prefetch: 20)
        #expect(try await take(bodies.count, from: consumer).map(\.body) == bodies)
        await publisher.close()
        await consumer.close()
    }

    @Test("what the wire cannot carry is refused before anything is sent")
    func unencodable() async throws {
        let configuration = try await freshBroker()
        let queue = try await quorumQueue(configuration)
        let publisher = AMQPPublisher(configuration)
        var long = message(queue, 1)
        long.properties.messageID = String(repeating: "x", count: 256)
        var heavy = message(queue, 2)
        heavy.properties.headers = ["h": .string(String(repeating: "x", count: 200_000))]
        for bad in [long, heavy] {
            await #expect {
                try await publisher.publish([message(queue, 0), bad])
            } throws: { error in
                guard case AMQPError.unencodable? = error as? AMQPError else { return false }
                return true
            }
        }
        #expect(try await depth(configuration, queue) == 0)
        await publisher.close()
    }

    @Test("a message to an exchange that is not there fails with the broker's reason, and the publisher goes on")
    func missingExchange() async throws {
        let configuration = try await freshBroker()
        let queue = try await quorumQueue(configuration)
        let publisher = AMQPPublisher(configuration)
        var wrong = message(queue, 1)
        wrong.exchange = unique("missing")
        let exchange = wrong.exchange
        let error = await #expect(throws: AMQPError.self) { _ = try await publisher.publish(wrong) }
        guard case .closedByPeer(404, let text) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(text.contains(exchange))
        #expect(error?.isDependencyFault == false)
        #expect(try await publisher.publish(message(queue, 2)) == .confirmed)
        await publisher.close()
    }
}
