import AMQP
import ServiceTesting
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

    @Test(
        "after a reply that did not come the next request goes over another channel, while the one before waits on for its own"
    )
    func doubtful() async throws {
        let configuration = try await freshBroker()
        let queue = try await quorumQueue(configuration)
        let server = AMQPConsumer(configuration, queue: queue, prefetch: 50)
        let publisher = AMQPPublisher(configuration)
        let administrator = AMQPAdministrator(configuration)
        let requester = AMQPRequester(configuration)
        // A reply's address names the channel that asked.
        func address(_ request: Delivery) throws -> String { try #require(request.properties.replyTo) }
        func next() async throws -> Delivery { try await take(1, from: server)[0] }
        func reply(to request: Delivery) async throws {
            let answer = OutgoingMessage(
                exchange: "", routingKey: try address(request), mandatory: false,
                properties: AMQPProperties(correlationID: request.properties.correlationID), body: request.body)
            _ = try await publisher.publish(answer)
        }

        // Requests never pause: this one is open all the time.
        async let patient = requester.request(message(queue, 1), timeout: .seconds(90))
        let first = try await next()
        await #expect(throws: AMQPError.self) { try await requester.request(message(queue, 2), timeout: .seconds(1)) }
        #expect(try address(await next()) == address(first))

        async let quick = requester.request(message(queue, 3), timeout: .seconds(60))
        let third = try await next()
        #expect(try address(third) != address(first), "the channel without an answer is still asked on")
        try await reply(to: third)
        #expect(try await quick.body == Array("3".utf8))

        // Its address is there as long as the channel is.
        #expect(try await administrator.exists(queue: try address(first)))
        try await reply(to: first)
        #expect(try await patient.body == Array("1".utf8))
        try await eventually("the channel before is closed") {
            try await !administrator.exists(queue: try address(first))
        }
        #expect(await requester.isConnected)

        async let last = requester.request(message(queue, 4), timeout: .seconds(60))
        let fourth = try await next()
        #expect(try address(fourth) == address(third))
        try await reply(to: fourth)
        #expect(try await last.body == Array("4".utf8))
        await requester.close()
        await server.close()
        await publisher.close()
        await administrator.close()
    }
}
