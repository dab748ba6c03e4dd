import AMQP
import DomainContracts
import Foundation
import Logging
import Postgres
import ServiceLifecycle

/// Answers queries: no effect, no inbox; one that cannot be answered in time is forgotten by the broker.
struct QueryResponder: Service {
    let consumer: AMQPConsumer
    let processor: BatchProcessor
    let replies: ReplySender
    let watch: DependencyWatch
    /// The queue is not durable: whoever finds it gone after a broker's restart declares it again.
    let redeclare: @Sendable () async throws -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    let deliveries = try await consumer.nextBatch(limit: 20)
                    for delivery in deliveries { await answer(delivery) }
                    if let last = deliveries.last { await consumer.acknowledge(through: last) }
                } catch is CancellationError {
                    break
                } catch {
                    watch.logger.warning("queries cannot be taken", metadata: ["error": "\(error)"])
                    try? await Task.sleep(for: .milliseconds(500))
                    try? await redeclare()
                }
            }
            await consumer.close()
        }
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
