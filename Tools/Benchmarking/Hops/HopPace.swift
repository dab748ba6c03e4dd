import AMQP
import DomainContracts
import Foundation

/// A steady pace through six hops in a row: how long a message takes when nobody is busy.
struct HopPace: Sendable {
    /// Messages a second.
    static let rate = 50

    let broker: HopBroker
    /// Real seconds that it is kept up.
    let seconds: Double

    /// How many messages go through: the first alone, which finds out that all six are there, then the pace.
    var count: Int { 1 + max(20, Int(seconds * Double(Self.rate))) }

    /// Seconds from the moment each was handed to our publisher until it was taken from `HopBroker.queue(7)`.
    ///
    /// - Parameter send: where a message enters the row.
    func measure(_ send: @escaping @Sendable (inout OutgoingMessage) -> Void) async throws -> [Double] {
        let consumer = AMQPConsumer(broker.configuration, queue: HopBroker.queue(7), prefetch: 100)
        // A row that does not pass its messages on must not be waited for.
        let alarm = Task {
            try await Task.sleep(for: .seconds(seconds) + Self.patience)
            await consumer.close()
        }
        defer { alarm.cancel() }
        do {
            let latencies = try await pace(consumer, send)
            await consumer.close()
            return latencies
        } catch {
            await consumer.close()
            throw error
        }
    }

    /// Beyond the pace itself: starting six programs takes seconds.
    private static let patience = Duration.seconds(60)

    private struct Stalled: Error, CustomStringConvertible {
        let arrived: Int
        let count: Int
        var description: String { "six hops in a row passed on \(arrived) of \(count) messages" }
    }

    private func pace(
        _ consumer: AMQPConsumer, _ send: @escaping @Sendable (inout OutgoingMessage) -> Void
    ) async throws -> [Double] {
        let publisher = broker.publisher
        var messages = try (0..<count).map { try HopMessages.passed(about: HopMessages.thing($0)) }
        for index in messages.indices { send(&messages[index]) }
        _ = try await publisher.publish(messages[0])
        _ = try await Self.arrivals(1, at: consumer)
        let sent = Task { [messages] in
            var sentAt: [String: ContinuousClock.Instant] = [:]
            let began = ContinuousClock.now
            try await withThrowingTaskGroup(of: PublishOutcome.self) { group in
                for (index, message) in messages.dropFirst().enumerated() {
                    try await Task.sleep(until: began + .seconds(Double(index) / Double(Self.rate)))
                    sentAt[HopMessages.thing(index + 1).text] = .now
                    group.addTask { try await publisher.publish(message) }
                }
                for try await outcome in group { try HopBroker.expect([outcome]) }
            }
            return sentAt
        }
        let arrived = try await Self.arrivals(count - 1, at: consumer)
        let sentAt = try await sent.value
        return arrived.compactMap { thing, at in sentAt[thing].map { (at - $0).inSeconds } }
    }

    /// When each thing's message came.
    private static func arrivals(
        _ count: Int, at consumer: AMQPConsumer
    ) async throws -> [String: ContinuousClock.Instant] {
        var arrived: [String: ContinuousClock.Instant] = [:]
        while arrived.count < count {
            let batch = try await consumer.nextBatch(limit: 100)
            if batch.isEmpty { throw Stalled(arrived: arrived.count, count: count) }
            let now = ContinuousClock.now
            for delivery in batch {
                if let thing = subject(of: delivery.body) { arrived[thing] = now }
            }
            if let last = batch.last { await consumer.acknowledge(through: last) }
        }
        return arrived
    }

    /// The id behind `"subjectId"`, wherever the program put it.
    private static func subject(of body: [UInt8]) -> String? {
        let text = String(decoding: body, as: UTF8.self)
        guard let member = text.range(of: "\"subjectId\":") else { return nil }
        let value = text[member.upperBound...].drop { $0 == " " || $0 == "\"" }
        return String(value.prefix { $0 != "\"" }).lowercased()
    }
}
