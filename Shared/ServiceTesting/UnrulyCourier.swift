import AMQP
import DomainContracts
import Foundation
import ServiceKit

/// Stands between the events exchange and one service's queue, and brings events as no network should and each may: out
/// of order, some late, some twice; never not at all. What it does follows from its seed and the order of arrival.
public actor UnrulyCourier {
    private let topology: ServiceTopology
    private let administrator: AMQPAdministrator
    private let consumer: AMQPConsumer
    private let publisher: AMQPPublisher
    private let detour: String
    private var chance: SeededChance
    private var held: [Parcel] = []
    private var work: Task<Void, Never>?
    private var isAtEnd = false
    /// Events brought, and how many of them twice, and how many after a later one.
    public private(set) var brought = 0
    public private(set) var doubled = 0
    public private(set) var overtaken = 0

    /// One bringing of one event.
    private struct Parcel {
        let delivery: Delivery
        let due: ContinuousClock.Instant
        let isLast: Bool
    }

    private struct NotTaken: Error {}

    private init(_ service: ServiceName, url: String, seed: UInt64) throws {
        topology = try ServiceTopology(of: service)
        let configuration = try AMQPConfiguration(url: url, connectionName: "unruly courier of \(service.rawValue)")
        detour = "unruly.\(service.rawValue)"
        administrator = AMQPAdministrator(configuration)
        consumer = AMQPConsumer(configuration, queue: detour, prefetch: 2_000)
        publisher = AMQPPublisher(configuration)
        chance = SeededChance(seed: seed)
    }

    /// Takes a service's events over. Nothing that is published meanwhile is missed; something may come twice.
    public static func takeOver(_ service: ServiceName, url: String, seed: UInt64) async throws -> UnrulyCourier {
        let courier = try UnrulyCourier(service, url: url, seed: seed)
        try await courier.begin()
        return courier
    }

    private func begin() async throws {
        let bindings = topology.events.map {
            Topology.Binding(queue: topology.eventQueue, exchange: MendloopTopology.events, key: $0)
        }
        try await administrator.declare(
            Topology(
                exchanges: [.init(detour, kind: .topic)], queues: [.quorum(detour)],
                bindings: bindings.map { .init(queue: detour, exchange: $0.exchange, key: $0.key) }
                    + [.init(queue: topology.eventQueue, exchange: detour, key: "#")],
                retiredBindings: bindings))
        work = Task { [self] in
            async let collecting: Void = collect()
            await bring()
            await collecting
        }
    }

    /// Gives the service its events directly again, and brings what is still held.
    public func giveBack() async throws {
        try await administrator.declare(
            Topology(
                bindings: topology.events.map {
                    .init(queue: topology.eventQueue, exchange: MendloopTopology.events, key: $0)
                },
                retiredBindings: topology.events.map {
                    .init(queue: detour, exchange: MendloopTopology.events, key: $0)
                }))
        // Comes out of the queue after all that is in it.
        let last = OutgoingMessage(exchange: "", routingKey: detour, body: [])
        guard try await publisher.publish(last) == .confirmed else { throw NotTaken() }
        while !isAtEnd || !held.isEmpty { try await Task.sleep(for: .milliseconds(20)) }
        work?.cancel()
        await consumer.close()
        await work?.value
        await publisher.close()
        await administrator.close()
    }

    private func collect() async {
        while !Task.isCancelled {
            guard let batch = try? await consumer.nextBatch(limit: 500) else { continue }
            if batch.isEmpty { return }
            for delivery in batch where !delivery.exchange.isEmpty { hold(delivery) }
            isAtEnd = batch.contains(where: \.exchange.isEmpty)
        }
    }

    /// Most events are a little late, a few very, and one in ten comes a second time.
    private func hold(_ delivery: Delivery) {
        var times = [delay()]
        if chance.happens(1, in: 10) {
            times.append(delay())
            doubled += 1
        }
        let last = times.max()
        for time in times {
            held.append(Parcel(delivery: delivery, due: .now + time, isLast: time == last))
        }
    }

    private func delay() -> Duration {
        if chance.happens(1, in: 50) { return .milliseconds(chance.number(500...3_000)) }
        return .milliseconds(chance.number(0...150))
    }

    private func bring() async {
        while !Task.isCancelled {
            let now = ContinuousClock.now
            let due = held.filter { $0.due <= now }.shuffled(using: &chance)
            if due.isEmpty {
                try? await Task.sleep(for: .milliseconds(10))
                continue
            }
            let messages = due.map { parcel in
                OutgoingMessage(
                    exchange: detour, routingKey: parcel.delivery.routingKey,
                    properties: parcel.delivery.properties, body: parcel.delivery.body)
            }
            guard let outcomes = try? await publisher.publish(messages) else { continue }
            // What the broker did not confirm stays held and is brought again.
            held.removeAll { $0.due <= now }
            for (parcel, outcome) in zip(due, outcomes) {
                guard outcome == .confirmed else {
                    held.append(parcel)
                    continue
                }
                brought += 1
                if held.contains(where: { $0.delivery.deliveryTag < parcel.delivery.deliveryTag }) { overtaken += 1 }
                if parcel.isLast { await consumer.acknowledge(parcel.delivery) }
            }
        }
    }
}
