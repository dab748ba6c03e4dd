import AMQP
import Foundation
import ServiceKit

/// A queue that hears every event of an installation, so that all of them can be published once more.
public struct RecordedEvents: Sendable {
    private static let queue = "test.recorded-events"
    private let configuration: AMQPConfiguration

    /// Hears every event from now on; again on the same broker, it goes on.
    public static func record(url: String) async throws -> RecordedEvents {
        let configuration = try AMQPConfiguration(url: url, connectionName: "test recorder")
        let administrator = AMQPAdministrator(configuration)
        try await administrator.declare(
            Topology(
                queues: [.quorum(queue)],
                bindings: [.init(queue: queue, exchange: MendloopTopology.events, key: "#")]))
        await administrator.close()
        return RecordedEvents(configuration: configuration)
    }

    /// Messages held at once: their order is changed among these.
    private static let share = 20_000

    /// Publishes every recorded event again, as it was, in an order that follows from the seed; returns how many. They are
    /// recorded again by that.
    @discardableResult
    public func publishAgain(seed: UInt64) async throws -> Int {
        let administrator = AMQPAdministrator(configuration)
        let count = try await administrator.depth(of: Self.queue).messageCount
        await administrator.close()
        let consumer = AMQPConsumer(configuration, queue: Self.queue, prefetch: Self.share)
        let publisher = AMQPPublisher(configuration)
        var chance = SeededChance(seed: seed)
        var rest = count
        while rest > 0 {
            var taken: [Delivery] = []
            while taken.count < min(rest, Self.share) {
                taken += try await consumer.nextBatch(limit: min(rest, Self.share) - taken.count)
            }
            try await Self.publish(taken.shuffled(using: &chance), publisher)
            if let last = taken.last { await consumer.acknowledge(through: last) }
            rest -= taken.count
        }
        await consumer.close()
        await publisher.close()
        return count
    }

    private static func publish(_ deliveries: [Delivery], _ publisher: AMQPPublisher) async throws {
        var rest = deliveries[...]
        while !rest.isEmpty {
            let outcomes = try await publisher.publish(
                rest.prefix(500).map {
                    OutgoingMessage(
                        exchange: MendloopTopology.events, routingKey: $0.routingKey, properties: $0.properties,
                        body: $0.body)
                })
            if outcomes.contains(where: { $0 != .confirmed }) { throw NotTaken() }
            rest = rest.dropFirst(500)
        }
    }

    private struct NotTaken: Error {}
}
