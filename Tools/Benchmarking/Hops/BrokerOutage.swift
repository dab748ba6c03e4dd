import AMQP
import Foundation
import LocalStack

/// What becomes of a publisher when the broker freezes, and when it dies and comes back.
struct BrokerOutage: Sendable {
    let site: BenchSite
    let broker: HopBroker

    /// Short, so that the measurement is: what counts is the time in heartbeats.
    private static let heartbeat = 4
    /// How long the dead broker is left dead: by then the delays between attempts to connect have grown as they ever do.
    private static let away = Duration.seconds(15)

    /// From the moment the broker is stopped without ending until the publisher gives its connection up, in heartbeats.
    func noticed() async throws -> Double {
        let publisher = AMQPPublisher(
            try AMQPConfiguration(
                url: site.amqpURL, connectionName: "bench frozen", heartbeatSeconds: Self.heartbeat))
        _ = try await publisher.publish(message)
        let began = ContinuousClock.now
        try await site.stack.broker.freeze()
        while await publisher.isConnected { try await Task.sleep(for: .milliseconds(5)) }
        let took = ContinuousClock.now - began
        try site.stack.broker.thaw()
        await publisher.close()
        return took.inSeconds / Double(Self.heartbeat)
    }

    /// From the moment a new client is served again until a publisher that lived through the outage has its first
    /// message confirmed, in seconds; 0 when it was the first.
    func back() async throws -> Double {
        let publisher = AMQPPublisher(try site.configuration("outage"), patience: .seconds(120))
        _ = try await publisher.publish(message)
        try await site.stack.broker.kill()
        async let confirmed = firstConfirm(of: publisher)
        try await Task.sleep(for: Self.away)
        async let started: Void = site.stack.broker.start()
        let served = try await served()
        let waited = try await confirmed - served
        try await started
        await publisher.close()
        return max(0, waited.inSeconds)
    }

    private func firstConfirm(of publisher: AMQPPublisher) async throws -> ContinuousClock.Instant {
        while try await publisher.publish(message) != .confirmed {}
        return .now
    }

    /// When a client that comes now can declare, publish and take.
    private func served() async throws -> ContinuousClock.Instant {
        while true {
            let client = AMQPPublisher(try site.configuration("newcomer"), patience: .milliseconds(500))
            let outcome = try? await client.publish(message)
            await client.close()
            if outcome == .confirmed { return .now }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private var message: OutgoingMessage {
        OutgoingMessage(
            exchange: "", routingKey: HopBroker.input, mandatory: false,
            properties: AMQPProperties(contentType: "text/plain", messageID: "0"), body: Array("still there?".utf8))
    }
}
