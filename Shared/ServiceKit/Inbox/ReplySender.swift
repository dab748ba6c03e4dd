import AMQP
import DomainContracts
import Foundation
import Logging

/// Sends answers, after the commit and beside the way of the batches: an answer that is lost is asked for again.
struct ReplySender: Sendable {
    let publisher: AMQPPublisher
    let service: ServiceName
    let ids: IDGenerator
    let clock: DomainClock
    let logger: Logger
    private let queue: AsyncStream<[OutgoingMessage]>.Continuation
    let outgoing: AsyncStream<[OutgoingMessage]>

    init(publisher: AMQPPublisher, service: ServiceName, ids: IDGenerator, clock: DomainClock, logger: Logger) {
        self.publisher = publisher
        self.service = service
        self.ids = ids
        self.clock = clock
        self.logger = logger
        (outgoing, queue) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1000))
    }

    func send(_ replies: [Reply]) {
        if replies.isEmpty { return }
        let messages = replies.compactMap { try? $0.message(from: service, id: ids.next(), at: clock.now()) }
        queue.yield(messages)
    }

    /// Publishes what `send` was given, until cancelled.
    func run() async {
        for await messages in outgoing {
            do {
                _ = try await publisher.publish(messages)
            } catch {
                logger.info("replies were lost", metadata: ["count": "\(messages.count)", "error": "\(error)"])
            }
        }
    }
}
