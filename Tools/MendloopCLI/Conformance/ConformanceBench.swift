import AMQP
import DomainContracts
import Foundation
import ServiceKit
import Synchronization

/// Hears what one adapter says on a stack that runs, cuts it off once, and sees what it does then.
final class ConformanceBench: Sendable {
    private let identity: BrokerIdentity
    private let management: BrokerManagement
    private let configuration: AMQPConfiguration
    private let judge: Mutex<ConformanceJudge>

    init(_ identity: BrokerIdentity, _ desk: IdentityDesk) throws {
        self.identity = identity
        management = desk.management
        configuration = try AMQPConfiguration(url: desk.broker, connectionName: "mendloop conformance")
        judge = Mutex(ConformanceJudge(channel: identity.name))
    }

    /// - Parameters:
    ///   - count: commands to hear.
    ///   - patience: how long to wait for the next one, and for what must follow the last, seconds.
    ///   - cuts: whether the adapter is cut off after half of them.
    func run(count: Int, patience: TimeInterval, cuts: Bool, _ say: (String) -> Void) async throws -> ConformanceJudge {
        let queue = "conformance.\(UUID.v7().text)"
        let consumer = AMQPConsumer(configuration, exclusiveReplyQueue: queue, bindings: bindings(queue), prefetch: 200)
        let listening = Task {
            while !Task.isCancelled {
                for delivery in try await consumer.nextBatch(limit: 200) {
                    await consumer.acknowledge(delivery)
                    self.take(delivery)
                }
            }
        }
        defer { listening.cancel() }
        let asked = Date()
        while await !consumer.isConnected {
            if Date().timeIntervalSince(asked) > patience, let error = await consumer.lastError { throw error }
            try await Task.sleep(for: .milliseconds(50))
        }
        say("hearing what \(identity.user) says: \(count) messages, of which some should be sent twice; Ctrl-C ends")
        var cut: Cut?
        var told = 0
        var newest = Date()
        while Date().timeIntervalSince(newest) < patience {
            let heard = judge.withLock { $0.heard }
            if heard > told {
                (told, newest) = (heard, Date())
                say("\(heard) of \(count)")
            }
            if cuts, cut == nil, heard > 0, heard >= count / 2 {
                cut = Cut(at: Date(), connections: try await connections())
                say("cutting it off from the broker")
                try await management.disconnect(identity)
            }
            try await look(after: cut, say)
            let isAnswered = judge.withLock { $0.undelivered.isEmpty }
            if heard >= count, isAnswered, !cuts || hasComeBack { break }
            try await Task.sleep(for: .milliseconds(250))
        }
        await consumer.close()
        if cut != nil, !hasComeBack {
            judge.withLock { $0.note(.comesBack, "it did not connect again within \(Int(patience)) s") }
        }
        return judge.withLock { judge in
            judge.close()
            return judge
        }
    }

    private var hasComeBack: Bool { judge.withLock { ($0.findings[.comesBack]?.kept ?? 0) > 0 } }

    private func bindings(_ queue: String) -> [Topology.Binding] {
        [
            .init(queue: queue, exchange: MendloopTopology.commands, key: "*.*.\(identity.name)"),
            .init(
                queue: queue, exchange: MendloopTopology.events,
                key: ReportRepairRejected.routingKey(lastWord: identity.name)),
            .init(
                queue: queue, exchange: MendloopTopology.events,
                key: NotificationRequested.routingKey(lastWord: identity.name)),
        ]
    }

    private func take(_ delivery: Delivery) {
        judge.withLock { judge in
            if delivery.exchange == MendloopTopology.commands {
                judge.hear(delivery.routingKey, delivery.properties, delivery.body)
            } else if let rejection: ReportRepairRejected = Self.read(delivery) {
                judge.hear(rejection: rejection)
            } else if let notification: NotificationRequested = Self.read(delivery) {
                judge.hear(notification: notification)
            }
        }
    }

    private static func read<E: Event>(_ delivery: Delivery) -> E? {
        guard delivery.properties.type == E.wireType else { return nil }
        return try? WireJSON.decoder().decode(CloudEvent<E>.self, from: Data(delivery.body)).data
    }

    /// When it was cut off, and by which connections it was there before.
    private struct Cut {
        var at: Date
        var connections: Set<String>
    }

    private func connections() async throws -> Set<String> {
        Set(try await management.connections().filter { $0.user == identity.user }.map(\.name))
    }

    /// What only the broker knows: who is there, and whether what is published is confirmed.
    private func look(after cut: Cut?, _ say: (String) -> Void) async throws {
        if let cut, !hasComeBack, !(try await connections().isSubset(of: cut.connections)) {
            say("it is back after \(Int(Date().timeIntervalSince(cut.at))) s")
            judge.withLock { $0.note(.comesBack) }
        }
        guard judge.withLock({ $0.findings[.confirms] == nil }) else { return }
        let channels = try await management.channels().filter { $0.user == identity.user && $0.hasPublished }
        guard let channel = channels.first else { return }
        judge.withLock { $0.note(.confirms, channel.confirm == true ? nil : "\(channel.name) publishes without them") }
    }
}
