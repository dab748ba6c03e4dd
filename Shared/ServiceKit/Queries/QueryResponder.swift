import AMQP
import DomainContracts
import Foundation
import Logging
import Postgres
import ServiceLifecycle

/// Answers queries: no effect, no inbox; one that cannot be answered in time is forgotten by the broker. A few are answered
/// at once, so that one which takes seconds, such as a dry run of rules, keeps nobody waiting who only looks something up.
struct QueryResponder: Service {
    let consumer: AMQPConsumer
    let processor: BatchProcessor
    let replies: ReplySender
    let watch: DependencyWatch
    /// The queue is not durable: whoever finds it gone after a broker's restart declares it again.
    let redeclare: @Sendable () async throws -> Void
    /// Answered at once: fewer than the pool has connections.
    let most: Int

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                var begun = 0
                while !Task.isCancelled {
                    do {
                        for delivery in try await next() {
                            if begun >= most { await group.next() }
                            begun += 1
                            group.addTask { await answer(delivery) }
                        }
                    } catch is CancellationError {
                        break
                    } catch {
                        watch.logger.warning("queries cannot be taken", metadata: ["error": "\(error)"])
                        try? await Task.sleep(for: .milliseconds(500))
                        try? await redeclare()
                    }
                }
            }
            await consumer.close()
        }
    }

    /// Who asked waits for an answer, and asks again where none comes: what was taken is done with.
    private func next() async throws -> [Delivery] {
        let deliveries = try await consumer.nextBatch(limit: most)
        if let last = deliveries.last { await consumer.acknowledge(through: last) }
        return deliveries
    }

    private func answer(_ delivery: Delivery) async {
        let message = IncomingMessage(
            routingKey: delivery.routingKey, properties: delivery.properties, body: delivery.body)
        let envelope = message.envelopeIfReadable() ?? Envelope(id: message.fallbackId, source: "/", type: "query")
        let answer: Answer?
        var known: String?
        var outcome = "answered"
        let began = ContinuousClock.now
        do {
            let type = try message.wireType()
            guard message.keyNames(type), let route = processor.definition.queries[type] else {
                throw Refusal(Problem(code: "unknown-query", title: "Nobody here answers \(type)", status: 404))
            }
            known = ServiceMeter.key(ofQuery: type)
            try message.refuseNullCharacter()
            let data = try await processor.pool.withConnection { try await route.answer(message, $0) }
            answer = try Answer(data, type: route.answerType)
        } catch {
            let problem = Problem(answering: error)
            outcome = problem.status >= 500 ? "failed" : "refused"
            if problem.status >= 500 {
                watch.logger.warning(
                    "a query failed", metadata: ["query": "\(delivery.routingKey)", "error": "\(error)"])
            }
            answer = try? Answer(problem, type: MessageRoute.rejectedType(of: envelope.type))
        }
        processor.meter.answered(known ?? "unknown", outcome, took: ContinuousClock.now - began)
        if let answer, let reply = Reply(to: message.properties, answer: answer, about: envelope) {
            replies.send([reply])
        }
    }
}
