import AMQP
import DomainContracts
import Foundation
import Logging
import ServiceLifecycle

/// Takes what a queue has ready, carries it through as one batch, and acknowledges after the commit.
///
/// A message that is given back is charged a delivery, and dead after twenty. So while the database answers and yet cannot do the work (its
/// disk is full, it only reads, somebody holds a lock), messages are held and tried again; while it is away they are given back, once.
struct InboxConsumer: Service {
    let consumer: AMQPConsumer
    let processor: BatchProcessor
    let replies: ReplySender
    let watch: DependencyWatch
    let limit: Int

    /// How long messages are held at most: the broker takes a consumer for dead that says nothing for half an hour.
    private static let patience = Duration.seconds(1_200)

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
                    // Who stops has given back what he held, and takes up nothing any more.
                    if !Task.isCancelled { await consumer.resume() }
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
        let handled = try await persevering(
            deliveries.map { IncomingMessage(routingKey: $0.routingKey, properties: $0.properties, body: $0.body) })
        CrashPoint.afterCommit.mayCrash()
        await consumer.acknowledge(through: last)
        if !handled.replies.isEmpty { CrashPoint.beforeReply.mayCrash() }
        replies.send(handled.replies)
    }

    private func persevering(_ messages: [IncomingMessage]) async throws -> BatchProcessor.Handled {
        do {
            return try await tried(messages)
        } catch  where error.isFaultOfDependency {
            return try await watch.strain.felt { try await again(messages, after: error) }
        }
    }

    private func again(_ messages: [IncomingMessage], after first: any Error) async throws -> BatchProcessor.Handled {
        let began = ContinuousClock.now
        var (error, pause) = (first, Duration.milliseconds(100))
        while ContinuousClock.now - began < Self.patience, await watch.isThere() {
            watch.logger.warning("database cannot do the work", metadata: ["error": "\(error)"])
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .seconds(30))
            do {
                return try await tried(messages)
            } catch let fault where fault.isFaultOfDependency {
                error = fault
            }
        }
        throw error
    }

    /// A batch that has begun is finished even when shutdown comes meanwhile.
    private func tried(_ messages: [IncomingMessage]) async throws -> BatchProcessor.Handled {
        try await Task { [processor] in try await processor.handle(messages) }.value
    }
}
