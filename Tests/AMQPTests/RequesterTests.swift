import AMQP
import Testing

@Suite(.timeLimit(.minutes(2)))
struct RequesterTests {
    /// Answers each request with its own body, until cancelled.
    private func echo(_ configuration: AMQPConfiguration, _ queue: String) async throws {
        let consumer = AMQPConsumer(configuration, queue: queue, prefetch: 50)
        let publisher = AMQPPublisher(configuration)
        do {
            while true {
                let batch = try await consumer.nextBatch(limit: 50)
                let replies = batch.map { request in
                    OutgoingMessage(
                        exchange: "", routingKey: request.properties.replyTo ?? "", mandatory: false,
                        properties: AMQPProperties(correlationID: request.properties.correlationID), body: request.body)
                }
                _ = try await publisher.publish(replies)
                if let last = batch.last { await consumer.acknowledge(through: last) }
            }
        } catch is CancellationError {
            await consumer.close()
            await publisher.close()
        }
    }

    @Test("each of many requests gets its own answer")
    func answered() async throws {
        let configuration = try await freshBroker()
        let queue = try await quorumQueue(configuration)
        let server = Task { try await echo(configuration, queue) }
        let requester = AMQPRequester(configuration)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let answer = try await requester.request(message(queue, number), timeout: .seconds(30))
                    #expect(answer.body == Array("\(number)".utf8))
                }
            }
            try await group.waitForAll()
        }
        var named = message(queue, 1)
        named.properties.correlationID = "mine"
        #expect(try await requester.request(named, timeout: .seconds(30)).properties.correlationID == "mine")
        server.cancel()
        try await server.value
        await requester.close()
    }

    @Test("a request that nobody answers times out")
    func unanswered() async throws {
        let configuration = try await freshBroker()
        let queue = try await quorumQueue(configuration)
        let requester = AMQPRequester(configuration)
        let error = await #expect(throws: AMQPError.self) {
            try await requester.request(message(queue, 1), timeout: .seconds(2))
        }
        guard case .timeout = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try await depth(configuration, queue) == 1)
        await requester.close()
    }

    @Test("a request on a key that no queue takes fails at once")
    func unroutable() async throws {
        let requester = AMQPRequester(try await freshBroker())
        let error = await #expect(throws: AMQPError.self) {
            try await requester.request(message("nowhere", 1), timeout: .seconds(30))
        }
        #expect(error == .unroutable(exchange: "", routingKey: "nowhere", text: "NO_ROUTE"))
        await requester.close()
    }
}
