import AMQP
import DomainContracts
import Foundation
import ServiceKit

/// The same figures as the C program's, with our own publisher, consumer and service. Each gives messages a second.
struct OurHops: Sendable {
    let site: BenchSite
    let broker: HopBroker
    let row: HopRow
    let seconds: Double

    /// Batches of 100, as many at once as `window` lets be unconfirmed.
    func publish(window: Int) async throws -> Double {
        let message = OutgoingMessage(
            exchange: "", routingKey: HopBroker.input, mandatory: false,
            properties: AMQPProperties(
                contentType: "application/cloudevents+json", correlationID: "bench", messageID: "0"),
            body: Array(repeating: UInt8(ascii: "x"), count: 1_024))
        let batch = Array(repeating: message, count: 100)
        let publisher = broker.publisher
        let began = ContinuousClock.now
        let end = began + .seconds(seconds)
        let sent = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<max(1, window / 100) {
                group.addTask {
                    var sent = 0
                    while ContinuousClock.now < end {
                        try HopBroker.expect(try await publisher.publish(batch))
                        sent += batch.count
                    }
                    return sent
                }
            }
            return try await group.reduce(0, +)
        }
        return Double(sent) / (ContinuousClock.now - began).inSeconds
    }

    /// From the first message to the last of `count` that lie in the queue.
    func consume(_ count: Int) async throws -> Double {
        let consumer = AMQPConsumer(broker.configuration, queue: HopBroker.input, prefetch: 100)
        var taken = 0
        var began = ContinuousClock.now
        while taken < count {
            let batch = try await consumer.nextBatch(limit: 100)
            if taken == 0 { began = .now }
            taken += batch.count
            if let last = batch.last { await consumer.acknowledge(through: last) }
        }
        let took = ContinuousClock.now - began
        await consumer.close()
        return Double(taken) / took.inSeconds
    }

    /// The messages lie ready when the service starts; measured from the first to the last that it told.
    func hop(_ messages: [OutgoingMessage]) async throws -> Double {
        _ = try await site.stack.sql(
            "TRUNCATE intake.inbox, intake.history, intake.outbox", database: site.name)
        try await broker.command(messages)
        let rate = try await row.first.run { [broker] in
            try await Self.watch(messages.count) { try await broker.depth(of: HopBroker.output) }
        }
        try await broker.purge(HopBroker.output)
        return rate
    }

    /// Latencies in seconds through six services that run in this process.
    func pace(_ pace: HopPace) async throws -> [Double] {
        try await row.run {
            try await pace.measure { message in
                message.exchange = MendloopTopology.events
                message.routingKey = WorkPassed<0>.routingKey()
            }
        }
    }

    /// How fast a number grows to `count`. What was there at the first look is not counted.
    private static func watch(_ count: Int, _ look: @Sendable () async throws -> Int) async throws -> Double {
        var first: (at: ContinuousClock.Instant, count: Int)?
        var seen = 0
        var changed = ContinuousClock.now
        while true {
            let now = ContinuousClock.now
            let present = try await look()
            if present > seen {
                (seen, changed) = (present, now)
                if first == nil { first = (now, present) }
            }
            if let first, present >= count { return Double(present - first.count) / (now - first.at).inSeconds }
            if now - changed > .seconds(60) { throw Stalled(seen: seen, of: count) }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    private struct Stalled: Error, CustomStringConvertible {
        let seen: Int
        let of: Int
        var description: String { "the hop stopped at \(seen) of \(of) messages" }
    }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
