import AMQP
import DomainContracts
import Foundation
import ServiceKit

/// Hears of every clock that is warned of, as any service would, and notes when.
struct ClockListener: Sendable {
    struct Hearing: Sendable {
        let messageId: String
        let at: Date
    }

    private let consumer: AMQPConsumer

    init(_ site: BenchSite) throws {
        let configuration = try site.configuration("listener")
        let queue = "reply.\(configuration.user).\(UUID.v7().text)"
        consumer = AMQPConsumer(
            configuration, exclusiveReplyQueue: queue,
            bindings: [.init(queue: queue, exchange: MendloopTopology.events, key: SLAClockWarned.routingKey())],
            prefetch: 1_000)
    }

    func close() async { await consumer.close() }

    /// Listens until each of the work orders has been heard of, or, for none, until the moment comes.
    ///
    /// - Returns: all that was heard in that time, by work order, in order.
    func hear(of orders: Set<UUID>, until deadline: Date) async throws -> [UUID: [Hearing]] {
        let decoder = WireJSON.decoder()
        var heard: [UUID: [Hearing]] = [:]
        var open = orders
        while (!open.isEmpty || orders.isEmpty), deadline > Date() {
            let batch = try await batch(until: deadline)
            let now = Date()
            for delivery in batch {
                let event = try decoder.decode(CloudEvent<SLAClockWarned>.self, from: Data(delivery.body))
                heard[event.data.workOrderId, default: []].append(Hearing(messageId: event.envelope.id, at: now))
                open.remove(event.data.workOrderId)
            }
            if let last = batch.last { await consumer.acknowledge(through: last) }
        }
        return heard
    }

    /// What comes next; empty when nothing comes until the deadline.
    private func batch(until deadline: Date) async throws -> [Delivery] {
        let consumer = consumer
        return try await withThrowingTaskGroup(of: [Delivery].self) { group in
            group.addTask { try await consumer.nextBatch(limit: 500) }
            group.addTask {
                try await Task.sleep(for: .seconds(max(0, deadline.timeIntervalSinceNow)))
                return []
            }
            let first = try await group.next() ?? []
            group.cancelAll()
            return first
        }
    }
}
