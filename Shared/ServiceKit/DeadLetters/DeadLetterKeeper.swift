import AMQP
import DomainContracts
import Foundation
import Logging
import ServiceLifecycle

/// Moves what exceeded the broker's delivery limit into the dead-letter store, where it can be seen and replayed.
struct DeadLetterKeeper: Service {
    let consumer: AMQPConsumer
    let processor: BatchProcessor
    let watch: DependencyWatch

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    for delivery in try await consumer.nextBatch(limit: 20) {
                        try await keep(delivery)
                        await consumer.acknowledge(delivery)
                    }
                } catch is CancellationError {
                    break
                } catch  where error.isFaultOfDependency {
                    await consumer.suspend()
                    await watch.waitForDatabase(after: error)
                    await consumer.resume()
                } catch {
                    watch.logger.warning("dead letters cannot be kept", metadata: ["error": "\(error)"])
                    try? await Task.sleep(for: .seconds(1))
                }
            }
            await consumer.close()
        }
    }

    private func keep(_ delivery: Delivery) async throws {
        // The broker's dead-letter key is the service; the first key says what the message was.
        let message = IncomingMessage(
            routingKey: delivery.firstRoutingKey, properties: delivery.properties, body: delivery.body)
        let reason = ParkingLot.Reason(
            code: "delivery-limit",
            detail: "delivered more than \(MendloopTopology.deliveryLimit) times without an acknowledgement")
        _ = try await processor.pool.execute(
            processor.parking.keep(message, message.envelopeIfReadable(), as: .dead, reason))
    }
}

extension Delivery {
    fileprivate var firstRoutingKey: String {
        guard case .array(let deaths) = properties.headers["x-death"], case .table(let death) = deaths.first,
            case .array(let keys) = death["routing-keys"], case .string(let key) = keys.first
        else { return routingKey }
        return key
    }
}
