import AMQP
import DomainContracts
import Foundation
import ServiceKit

/// The queues between the programs, and what is put in and taken out of them.
struct HopBroker: Sendable {
    /// Quorum queues: what goes in, and what a hop tells.
    static let input = "bench.in"
    static let output = "bench.out"

    let configuration: AMQPConfiguration
    private let administrator: AMQPAdministrator
    let publisher: AMQPPublisher

    init(_ site: BenchSite) throws {
        configuration = try site.configuration("hops")
        administrator = AMQPAdministrator(configuration)
        publisher = AMQPPublisher(configuration)
    }

    /// The queue from which the first of the peers' hops in a row takes, and those that the following ones do; the
    /// last, 7, is where the six of a row, peers' or ours, put what has passed them all.
    static func queue(_ number: Int) -> String { "bench.hop.\(number)" }

    /// Everything the six services have, and our own queues: `output` gets what the hop service tells, each service
    /// what the hop before it tells, and `queue(7)` what the last one does.
    func declare() async throws {
        try await MendloopTopology.apply(try MendloopTopology.manifest(), with: administrator)
        let told = [WorkPassed<0>.routingKey()] + HopRow.told
        let heardBy = try ServiceName.allCases.map { try ServiceTopology(of: $0).eventQueue } + [Self.queue(7)]
        try await administrator.declare(
            Topology(
                queues: ([Self.input, Self.output] + (1...7).map(Self.queue)).map { .quorum($0) },
                bindings: ([(WorkRecorded.routingKey(), Self.output)] + zip(told, heardBy)).map { key, queue in
                    .init(queue: queue, exchange: MendloopTopology.events, key: key)
                }))
    }

    func purge(_ queue: String) async throws { _ = try await administrator.purge(queue) }

    func depth(of queue: String) async throws -> Int { try await administrator.depth(of: queue).messageCount }

    /// Puts messages in a queue; returns when all are confirmed.
    func fill(_ queue: String, _ messages: some Collection<OutgoingMessage>, contentType: String? = nil) async throws {
        try await publish(messages) { message in
            message.routingKey = queue
            if let contentType { message.properties.contentType = contentType }
        }
    }

    /// Says commands to our service, which takes one only under a key that names it.
    func command(_ messages: some Collection<OutgoingMessage>) async throws {
        try await publish(messages) { message in
            message.exchange = MendloopTopology.commands
            message.routingKey = RecordWork.routingKey()
        }
    }

    private func publish(
        _ messages: some Collection<OutgoingMessage>, _ address: (inout OutgoingMessage) -> Void
    ) async throws {
        var rest = messages[...]
        while !rest.isEmpty {
            let part = rest.prefix(1_000).map { message in
                var message = message
                address(&message)
                return message
            }
            try Self.expect(try await publisher.publish(part))
            rest = rest.dropFirst(1_000)
        }
    }

    func close() async {
        await publisher.close()
        await administrator.close()
    }

    static func expect(_ outcomes: [PublishOutcome]) throws {
        if let other = outcomes.first(where: { $0 != .confirmed }) { throw Unconfirmed(outcome: other) }
    }

    private struct Unconfirmed: Error { let outcome: PublishOutcome }
}
