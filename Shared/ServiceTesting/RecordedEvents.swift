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

    /// Publishes every recorded event again, as it was, in an order that follows from the seed; returns how many. They are
    /// recorded again by that.
    @discardableResult
    public func publishAgain(seed: UInt64) async throws -> Int {
        let administrator = AMQPAdministrator(configuration)
        let count = try await administrator.depth(of: Self.queue).messageCount
        await administrator.close()
        guard count > 0 else { return 0 }
        // All are held until all are published: the room is the most that a channel gives.
        let consumer = AMQPConsumer(configuration, queue: Self.queue, prefetch: 65_535)
        let publisher = AMQPPublisher(configuration)
        var taken: [Delivery] = []
        while taken.count < count { taken += try await consumer.nextBatch(limit: count - taken.count) }
        var chance = SeededChance(seed: seed)
        var again = taken.shuffled(using: &chance)[...]
        while !again.isEmpty {
            let outcomes = try await publisher.publish(
                again.prefix(500).map {
                    OutgoingMessage(
                        exchange: MendloopTopology.events, routingKey: $0.routingKey, properties: $0.properties,
                        body: $0.body)
                })
            if outcomes.contains(where: { $0 != .confirmed }) { throw NotTaken() }
            again = again.dropFirst(500)
        }
        if let last = taken.last { await consumer.acknowledge(through: last) }
        await consumer.close()
        await publisher.close()
        return count
    }

    private struct NotTaken: Error {}
}
