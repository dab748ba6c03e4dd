import AMQP
import DomainContracts
import Foundation

extension AMQPConsumer {
    /// The next event, which must be an `E`.
    func next<E: Event>(_ type: E.Type) async throws -> E {
        guard let delivery = try await nextBatch(limit: 1).first else { throw NoMoreEvents() }
        acknowledge(through: delivery)
        return try WireJSON.decoder().decode(CloudEvent<E>.self, from: Data(delivery.body)).data
    }
}

/// The consumer was closed.
struct NoMoreEvents: Error {}
