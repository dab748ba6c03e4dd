import AMQP
import Foundation
import LocalStack
import ServiceTesting
import Testing

/// One broker of their own, which they kill, freeze and starve, one test after the other.
@Suite(.serialized, .slow, .timeLimit(.minutes(5)))
struct FaultTests {
    private static let starting = Task {
        let stack = try LocalStack.temporary()
        try await stack.start()
        return stack
    }

    private static let quick = Backoff(initial: .milliseconds(20), maximum: .milliseconds(500))

    private func broker(heartbeat: Int = 10) async throws -> (LocalStack, AMQPConfiguration) {
        let stack = try await Self.starting.value
        let url = try await stack.addVirtualHost(unique("faults"))
        return (stack, try AMQPConfiguration(url: url, connectionName: "faults", heartbeatSeconds: heartbeat))
    }

    @Test("a killed broker loses no confirmed message, and publisher and consumer come back by themselves")
    func killed() async throws {
        let (stack, configuration) = try await broker()
        let queue = try await quorumQueue(configuration)
        let publisher = AMQPPublisher(configuration, backoff: Self.quick, patience: .seconds(60))
        let consumer = AMQPConsumer(configuration, queue: queue, prefetch: 100, backoff: Self.quick)
        // A quorum queue younger than a second may come back empty: it first has to have written its own birth.
        let declared = ContinuousClock.now
        var confirmed: Set<Int> = []
        var next = 0
        func publishSome() async throws {
            let numbers = next..<(next + 50)
            next += 50
            for (number, outcome) in zip(numbers, try await publisher.publish(numbers.map { message(queue, $0) }))
            where outcome == .confirmed {
                confirmed.insert(number)
            }
        }
        while ContinuousClock.now < declared + .seconds(2) { try await publishSome() }
        let held = try await consumer.nextBatch(limit: 10)
        #expect(!held.isEmpty)

        try await stack.broker.kill()
        async let restarted: Void = stack.broker.start()
        // The batch that meets the dead broker is unknown, or waits for the new one.
        for _ in 0..<5 { try await publishSome() }
        try await restarted
        #expect(confirmed.contains(next - 1))
        await consumer.acknowledge(through: held[held.count - 1])

        var seen: Set<Int> = []
        while !confirmed.isSubset(of: seen) {
            let batch = try await nextBatchThroughFaults(consumer)
            seen.formUnion(batch.compactMap(number))
            if let last = batch.last { await consumer.acknowledge(through: last) }
        }
        await publisher.close()
        await consumer.close()
    }

    /// A broker that is just booting may refuse a vhost that is not up yet: the consumer says so and goes on trying.
    private func nextBatchThroughFaults(_ consumer: AMQPConsumer) async throws -> [Delivery] {
        while true {
            do {
                return try await consumer.nextBatch(limit: 200)
            } catch let error as AMQPError where error.isDependencyFault {
                continue
            }
        }
    }

    @Test("a frozen broker is noticed by its silence, and found again when it goes on")
    func frozen() async throws {
        let (stack, configuration) = try await broker(heartbeat: 1)
        let queue = try await quorumQueue(configuration)
        let publisher = AMQPPublisher(configuration, backoff: Self.quick, patience: .seconds(60))
        let consumer = AMQPConsumer(configuration, queue: queue, prefetch: 10, backoff: Self.quick)
        #expect(try await publisher.publish(message(queue, 1)) == .confirmed)
        #expect(try await take(1, from: consumer).map(number) == [1])
        async let waiting = nextBatchThroughFaults(consumer)

        try await stack.broker.freeze()
        let outcome = try await publisher.publish(message(queue, 2))
        #expect(outcome == .unknown)
        #expect(await publisher.lastLoss == .heartbeatMissed)
        try await eventually("the consumer notices, too") { await !consumer.isConnected }
        #expect(await consumer.lastLoss == .heartbeatMissed)
        try stack.broker.thaw()

        try await eventually("a message is confirmed again") {
            (try? await publisher.publish(message(queue, 3))) == .confirmed
        }
        #expect(try await !waiting.isEmpty)
        await publisher.close()
        await consumer.close()
    }

    @Test("a broker out of memory is told as blocked, and publishing goes on when it has some again")
    func blocked() async throws {
        let (stack, configuration) = try await broker()
        let queue = try await quorumQueue(configuration)
        let publisher = AMQPPublisher(configuration, patience: .milliseconds(300))
        #expect(try await publisher.publish(message(queue, 0)) == .confirmed)
        #expect(await !publisher.isBlocked)
        try await stack.rabbitmqctl("set_vm_memory_high_watermark", "absolute", "1MB")
        async let stuck = publisher.publish((1...3).map { message(queue, $0) })
        try await eventually("the publisher knows") { await publisher.isBlocked }
        let error = await #expect(throws: AMQPError.self) { _ = try await publisher.publish(message(queue, 4)) }
        guard case .blocked(let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains("memory"))
        #expect(await publisher.isConnected)

        try await stack.rabbitmqctl("set_vm_memory_high_watermark", "0.6")
        #expect(try await stuck == [.confirmed, .confirmed, .confirmed])
        try await eventually("the publisher knows") { await !publisher.isBlocked }
        #expect(try await publisher.publish(message(queue, 5)) == .confirmed)
        await publisher.close()
    }

    @Test("a publisher that finds no broker says so after its patience")
    func absent() async throws {
        let configuration = try AMQPConfiguration(url: "amqp://127.0.0.1:1/v", connectionName: "t")
        let publisher = AMQPPublisher(configuration, backoff: Self.quick, patience: .milliseconds(200))
        await #expect(throws: AMQPError.notConnected) { _ = try await publisher.publish(message("q", 1)) }
        guard case .connect(host: "127.0.0.1", port: 1, _) = await publisher.lastError else {
            Issue.record("\(String(describing: await publisher.lastError))")
            return
        }
        await publisher.close()
        await #expect(throws: AMQPError.closed) { _ = try await publisher.publish(message("q", 1)) }
    }

    /// What a node's death may do in a cluster, done by hand: the queue's process lives, and nobody finds it any more.
    @Test("a queue that was forgotten behind its consumer's back is missed, and made again by whoever owns it")
    func forgotten() async throws {
        let (stack, configuration) = try await broker()
        func forget(_ queue: String) async throws {
            try await stack.rabbitmqctl(
                "eval",
                """
                mnesia:dirty_delete({rabbit_queue,
                    rabbit_misc:r(<<"\(configuration.virtualHost)">>, queue, <<"\(queue)">>)}).
                """)
        }
        let publisher = AMQPPublisher(configuration, backoff: Self.quick, patience: .seconds(60))
        func reaches(_ queue: String) async throws -> Bool {
            try await publisher.publish(message(queue, 1)) == .confirmed
        }
        let own = unique("own")
        let replies = AMQPConsumer(configuration, exclusiveReplyQueue: own, prefetch: 10, backoff: Self.quick)
        /// That the queue is gone is said, and it is made again.
        func heard() async throws -> [Delivery] {
            while true {
                do { return try await replies.nextBatch(limit: 10) } catch is AMQPError { continue }
            }
        }
        async let first = heard()
        try await eventually("the queue is there") { try await reaches(own) }
        #expect(try await !first.isEmpty)
        try await forget(own)
        #expect(try await !reaches(own))
        async let second = heard()
        try await eventually(within: .seconds(60), "the queue is there again") { try await reaches(own) }
        #expect(try await !second.isEmpty)

        let shared = unique("shared")
        let administrator = AMQPAdministrator(configuration)
        try await administrator.declare(Topology(queues: [.init(shared, durable: false)]))
        let consumer = AMQPConsumer(
            configuration, queue: shared, isDurable: false, prefetch: 10, backoff: Self.quick)
        #expect(try await reaches(shared))
        #expect(try await take(1, from: consumer).count == 1)
        try await forget(shared)
        let error = await #expect(throws: AMQPError.self) { _ = try await consumer.nextBatch(limit: 1) }
        guard case .closedByPeer(404, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        for closing in [replies, consumer] { await closing.close() }
        await publisher.close()
        await administrator.close()
    }

    @Test("nodes at which nobody listens are passed over, wherever a connection begins")
    func deadNodes() async throws {
        let stack = try await Self.starting.value
        let url = try await stack.addVirtualHost(unique("faults"))
        let live = try #require(url.split(separator: "@").last)
        let configuration = try AMQPConfiguration(
            url: url.replacing("@\(live)", with: "@127.0.0.1:1,127.0.0.1:2,\(live)"), connectionName: "t")
        #expect(configuration.addresses.count == 3)
        let queue = try await quorumQueue(configuration)
        for number in 0..<9 {
            let publisher = AMQPPublisher(configuration, backoff: Self.quick, patience: .seconds(60))
            #expect(try await publisher.publish(message(queue, number)) == .confirmed)
            await publisher.close()
            #expect(try await depth(configuration, queue) > 0)
        }
        let nobody = AMQPAdministrator(
            try AMQPConfiguration(url: "amqp://127.0.0.1:1,127.0.0.1:2/v", connectionName: "t"))
        let error = await #expect(throws: AMQPError.self) { _ = try await nobody.depth(of: queue) }
        #expect(error?.isDependencyFault == true)
        await nobody.close()
    }

    @Test("a wrong password is an authentication error, told at once")
    func wrongPassword() async throws {
        let (_, right) = try await broker()
        let configuration = try AMQPConfiguration(
            url: "amqp://mendloop:wrong@\(right.place)/\(right.virtualHost)", connectionName: "t")
        let publisher = AMQPPublisher(configuration, patience: .seconds(60))
        let consumer = AMQPConsumer(configuration, queue: "q", prefetch: 1)
        let administrator = AMQPAdministrator(configuration)
        let errors = [
            await #expect(throws: AMQPError.self) { _ = try await publisher.publish(message("q", 1)) },
            await #expect(throws: AMQPError.self) { _ = try await consumer.nextBatch(limit: 1) },
            await #expect(throws: AMQPError.self) { _ = try await administrator.depth(of: "q") },
        ]
        for error in errors {
            guard case .authentication(user: "mendloop", let reason) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(!reason.contains("wrong"))
        }
        await publisher.close()
        await consumer.close()
    }

    @Test("a vhost that is not there is named by the broker")
    func wrongVirtualHost() async throws {
        let (_, right) = try await broker()
        var configuration = right
        configuration.virtualHost = "never"
        let administrator = AMQPAdministrator(configuration)
        let error = await #expect(throws: AMQPError.self) { _ = try await administrator.depth(of: "q") }
        guard case .closedByPeer(530, let text) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(text.contains("never"))
    }
}
