import AMQP
import DomainContracts
import Foundation
import ServiceKit
import Synchronization

/// What the outside world hears: a durable queue of its own on the events exchange, so that nothing is missed while the
/// broker or the simulator's connection is away. Events may come twice and out of order; each is handed on once.
final class EventFeed: Sendable {
    let queue: String
    private let configuration: AMQPConfiguration
    private let consumer: AMQPConsumer
    private let seen = Mutex<Set<String>>([])
    private let lastAt = Mutex(ContinuousClock.now)

    init(_ configuration: AMQPConfiguration, run: String) {
        self.configuration = configuration
        queue = "sim.\(run).events"
        consumer = AMQPConsumer(configuration, queue: queue, prefetch: 500)
    }

    /// Makes the queue. Must be done before anything is sent whose events matter.
    func open(_ keys: [String]) async throws {
        let administrator = AMQPAdministrator(configuration)
        try await administrator.declare(
            Topology(
                queues: [.quorum(queue)],
                bindings: keys.map { .init(queue: queue, exchange: MendloopTopology.events, key: $0) }))
        await administrator.close()
    }

    /// Hands every event to `react`, each in a task of its own, until `close`.
    func run(_ react: @escaping @Sendable (HeardEvent) async -> Void) async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                do {
                    let batch = try await consumer.nextBatch(limit: 500)
                    guard let last = batch.last else { break }
                    for event in batch.compactMap({ HeardEvent($0) }) where isNew(event) {
                        group.addTask { await react(event) }
                    }
                    await consumer.acknowledge(through: last)
                } catch is CancellationError {
                    break
                } catch {
                    try? await Task.sleep(for: .milliseconds(250))
                }
            }
            group.cancelAll()
        }
    }

    /// Real time since the last event that had not been heard before.
    var silence: Duration { ContinuousClock.now - lastAt.withLock { $0 } }

    func close() async { await consumer.close() }

    /// Removes the queue; what is left in it is of no use to anybody.
    func remove() async {
        let administrator = AMQPAdministrator(configuration)
        try? await administrator.delete(queue: queue)
        await administrator.close()
    }

    private func isNew(_ event: HeardEvent) -> Bool {
        lastAt.withLock { $0 = .now }
        return seen.withLock { $0.insert("\(event.envelope.source) \(event.envelope.id)").inserted }
    }
}

/// An event as it came, decoded when somebody wants it.
struct HeardEvent: Sendable {
    let envelope: Envelope
    let routingKey: String
    private let body: [UInt8]

    /// Nil when it is no CloudEvent; no service of ours publishes such.
    init?(_ delivery: Delivery) {
        guard let envelope = try? WireJSON.decoder().decode(Envelope.self, from: Data(delivery.body)) else {
            return nil
        }
        self.envelope = envelope
        routingKey = delivery.routingKey
        body = delivery.body
    }

    /// The event's data when it is of this type.
    func callAsFunction<E: Event>(_ type: E.Type) throws -> E? {
        guard envelope.type == E.wireType else { return nil }
        return try WireJSON.decoder().decode(CloudEvent<E>.self, from: Data(body)).data
    }
}
