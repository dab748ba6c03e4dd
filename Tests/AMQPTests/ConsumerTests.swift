import AMQP
import ServiceTesting
import Testing

@Suite(.timeLimit(.minutes(2)))
struct ConsumerTests {
    /// A queue with `count` messages in it.
    private func filledQueue(_ configuration: AMQPConfiguration, _ count: Int) async throws -> String {
        let queue = try await quorumQueue(configuration)
        let publisher = AMQPPublisher(configuration)
        _ = try await publisher.publish((0..<count).map { message(queue, $0) })
        await publisher.close()
        return queue
    }

    /// Waits until `count` messages are ready in the queue.
    private func isReady(_ configuration: AMQPConfiguration, _ queue: String, _ count: Int) async throws {
        try await eventually("\(count) messages are ready") { try await depth(configuration, queue) == count }
    }

    @Test("what was acknowledged with one word for all does not come again")
    func acknowledgedThrough() async throws {
        let configuration = try await freshBroker()
        let queue = try await filledQueue(configuration, 100)
        let first = AMQPConsumer(configuration, queue: queue, prefetch: 50)
        _ = try await take(100, from: first)
        await first.close()
        #expect(try await depth(configuration, queue) == 0)
    }

    @Test("a batch holds no more than was asked for, and the rest comes next")
    func limited() async throws {
        let configuration = try await freshBroker()
        let queue = try await filledQueue(configuration, 10)
        let consumer = AMQPConsumer(configuration, queue: queue, prefetch: 10)
        var numbers: [Int?] = []
        while numbers.count < 10 {
            let batch = try await consumer.nextBatch(limit: 3)
            #expect((1...3).contains(batch.count))
            numbers += batch.map(number)
        }
        #expect(numbers == (0..<10).map { $0 })
        await consumer.close()
    }

    @Test("gathering waits for as many as were asked for where some are here, and not at all where none is")
    func gathered() async throws {
        let configuration = try await freshBroker()
        let queue = try await filledQueue(configuration, 20)
        let consumer = AMQPConsumer(configuration, queue: queue, prefetch: 20)
        var first = try await consumer.nextBatch(limit: 1)
        await consumer.gather(19, within: .seconds(60))
        first += try await consumer.nextBatch(limit: 20)
        #expect(first.count == 20)
        // Nothing is here any more: an hour's patience is not called upon.
        await consumer.gather(1, within: .seconds(3_600))
        await consumer.close()
    }

    @Test("a consumer knows how many share its queue, and counts anew after a pause")
    func counted() async throws {
        let configuration = try await freshBroker()
        let queue = try await filledQueue(configuration, 2)
        let first = AMQPConsumer(configuration, queue: queue, prefetch: 1)
        #expect(await first.consumerCount() == 1)
        _ = try await first.nextBatch(limit: 1)
        let second = AMQPConsumer(configuration, queue: queue, prefetch: 1)
        _ = try await second.nextBatch(limit: 1)
        #expect(await second.consumerCount() == 2)
        await first.suspend()
        await first.resume()
        #expect(await first.consumerCount() == 2)
        await first.close()
        await second.close()
    }

    @Test("what was not acknowledged comes back redelivered, with its delivery count")
    func redelivered() async throws {
        let configuration = try await freshBroker()
        let queue = try await filledQueue(configuration, 10)
        let first = AMQPConsumer(configuration, queue: queue, prefetch: 10)
        var held: [Delivery] = []
        while held.count < 10 { held += try await first.nextBatch(limit: 10) }
        await first.acknowledge(through: held[4])
        await first.acknowledge(held[6])
        await first.acknowledge(held[6])
        await first.close()

        let second = AMQPConsumer(configuration, queue: queue, prefetch: 10)
        let again = try await take(4, from: second)
        #expect(Set(again.map(number)) == [5, 7, 8, 9])
        #expect(again.allSatisfy { $0.redelivered && $0.deliveryCount == 1 })
        await second.close()
        #expect(try await depth(configuration, queue) == 0)
    }

    @Test("acknowledgements in any order and twice over leave the channel whole")
    func anyOrder() async throws {
        let configuration = try await freshBroker()
        let queue = try await filledQueue(configuration, 20)
        let consumer = AMQPConsumer(configuration, queue: queue, prefetch: 20)
        var held: [Delivery] = []
        while held.count < 20 { held += try await consumer.nextBatch(limit: 20) }
        for index in [9, 3, 4, 3] { await consumer.acknowledge(held[index]) }
        for index in [4, 9, 2, 9] { await consumer.acknowledge(through: held[index]) }
        await consumer.acknowledge(held[0])
        await consumer.reject(held[19], requeue: true)
        await consumer.reject(held[18], requeue: false)
        await consumer.acknowledge(through: held[19])
        let back = try await take(1, from: consumer)
        #expect(back.map(number) == [19])
        #expect(back.first?.epoch == held[0].epoch)
        await consumer.close()
        #expect(try await depth(configuration, queue) == 0)
    }

    @Test("a suspended consumer holds nothing, and a resumed one goes on")
    func suspended() async throws {
        let configuration = try await freshBroker()
        let queue = try await filledQueue(configuration, 30)
        let consumer = AMQPConsumer(configuration, queue: queue, prefetch: 20)
        let held = try await consumer.nextBatch(limit: 5)
        await consumer.suspend()
        try await isReady(configuration, queue, 30)
        await consumer.acknowledge(through: held[held.count - 1])

        await consumer.resume()
        let taken = try await take(30, from: consumer)
        #expect(Set(taken.map(number)) == Set((0..<30).map { $0 }))
        await consumer.close()
        #expect(try await depth(configuration, queue) == 0)
    }

    @Test("suspending wakes who waits for a batch, who may then wait for the resumption")
    func suspendedWhileWaiting() async throws {
        let configuration = try await freshBroker()
        let queue = try await quorumQueue(configuration)
        let consumer = AMQPConsumer(configuration, queue: queue, prefetch: 10)
        async let waiting = consumer.nextBatch(limit: 10)
        try await eventually("it is connected") { await consumer.isConnected }
        await consumer.suspend()
        #expect(try await waiting.isEmpty)

        async let next = consumer.nextBatch(limit: 10)
        let publisher = AMQPPublisher(configuration)
        #expect(try await publisher.publish(message(queue, 7)) == .confirmed)
        await consumer.resume()
        #expect(try await next.map(number) == [7])
        await publisher.close()
        await consumer.close()
    }

    @Test("a cancelled wait ends, and so does one on a consumer that is closed")
    func cancelled() async throws {
        let configuration = try await freshBroker()
        let queue = try await quorumQueue(configuration)
        let consumer = AMQPConsumer(configuration, queue: queue, prefetch: 10)
        let waiting = Task { try await consumer.nextBatch(limit: 1) }
        try await eventually("it is connected") { await consumer.isConnected }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        async let last = consumer.nextBatch(limit: 1)
        await consumer.close()
        #expect(try await last.isEmpty)
        #expect(try await consumer.nextBatch(limit: 1).isEmpty)
    }

    @Test("a queue that is not there, or is deleted, is told; once it is there, messages come")
    func deletedQueue() async throws {
        let configuration = try await freshBroker()
        let queue = unique("late")
        let consumer = AMQPConsumer(
            configuration, queue: queue, prefetch: 10,
            backoff: Backoff(initial: .milliseconds(10), maximum: .milliseconds(50)))
        let error = await #expect(throws: AMQPError.self) { try await consumer.nextBatch(limit: 1) }
        guard case .closedByPeer(404, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        let administrator = AMQPAdministrator(configuration)
        try await administrator.declare(Topology(queues: [.init(queue)]))
        let publisher = AMQPPublisher(configuration)
        #expect(try await publisher.publish(message(queue, 1)) == .confirmed)
        // What the attempts before the declaration met may still be untold.
        let batch = try await eventually("a message comes") { try? await consumer.nextBatch(limit: 1) }
        #expect(batch.map(number) == [1])

        try await administrator.delete(queue: queue)
        await #expect(throws: AMQPError.consumerCancelled(queue: queue)) { try await consumer.nextBatch(limit: 1) }
        await consumer.close()
        await publisher.close()
        await administrator.close()
    }

    @Test("an exclusive queue hears what its bindings let through, and goes with its consumer")
    func exclusiveQueue() async throws {
        let configuration = try await freshBroker()
        let queue = unique("reply.tests")
        let consumer = AMQPConsumer(
            configuration, exclusiveReplyQueue: queue,
            bindings: [.init(queue: "", exchange: "amq.topic", key: "intake.#")], prefetch: 10)
        async let heard = consumer.nextBatch(limit: 10)
        try await eventually("it is connected") { await consumer.isConnected }
        let publisher = AMQPPublisher(configuration)
        let outcomes = try await publisher.publish([
            OutgoingMessage(exchange: "amq.topic", routingKey: "billing.x", body: [1]),
            OutgoingMessage(exchange: "amq.topic", routingKey: "intake.x", body: [2]),
        ])
        #expect(outcomes == [.returned(code: 312, text: "NO_ROUTE"), .confirmed])
        #expect(try await heard.map(\.body) == [[2]])
        await consumer.close()
        let administrator = AMQPAdministrator(configuration)
        try await eventually("the queue is gone") { try await !administrator.exists(queue: queue) }
        await administrator.close()
        await publisher.close()
    }
}
