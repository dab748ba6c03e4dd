import AMQP
import DomainContracts
import Foundation
import Logging
import ServiceLifecycle

/// Takes what a queue has ready, carries it through as one batch, and acknowledges after the commit. While the
/// database is away it holds nothing, so that no message is charged an attempt for it.
struct InboxConsumer: Service {
    let consumer: AMQPConsumer
    let processor: BatchProcessor
    let replies: ReplySender
    let watch: DependencyWatch
    let limit: Int

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    let deliveries = try await consumer.nextBatch(limit: limit)
                    if deliveries.isEmpty { continue }
                    let began = ContinuousClock.now
                    try await handle(deliveries)
                    let rest = Gathering.rest(
                        after: deliveries.count, took: ContinuousClock.now - began,
                        copies: await consumer.consumerCount())
                    await consumer.gather(Gathering.enough, within: rest)
                } catch is CancellationError {
                    break
                } catch let error as AMQPError {
                    watch.logger.warning("broker refuses to deliver", metadata: ["error": "\(error)"])
                    try? await Task.sleep(for: .seconds(1))
                } catch {
                    await consumer.suspend()
                    await watch.waitForDatabase(after: error)
                    await consumer.resume()
                }
            }
            await consumer.close()
        }
    }

    /// A message that keeps coming back may be what kills us: it is handled alone until it is through.
    private func handle(_ deliveries: [Delivery]) async throws {
        var group: [Delivery] = []
        for delivery in deliveries {
            if delivery.deliveryCount >= 2 {
                try await through(group)
                try await through([delivery])
                group = []
            } else {
                group.append(delivery)
            }
        }
        try await through(group)
    }

    private func through(_ deliveries: [Delivery]) async throws {
        guard let last = deliveries.last else { return }
        CrashPoint.afterConsume.mayCrash()
        // A batch that has begun is finished even when shutdown comes meanwhile.
        let task = Task { [processor] in
            try await processor.handle(
                deliveries.map {
                    IncomingMessage(routingKey: $0.routingKey, properties: $0.properties, body: $0.body)
                })
        }
        let handled = try await task.value
        CrashPoint.afterCommit.mayCrash()
        await consumer.acknowledge(through: last)
        if !handled.replies.isEmpty { CrashPoint.beforeReply.mayCrash() }
        replies.send(handled.replies)
    }
}
