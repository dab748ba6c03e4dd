import AMQP
import DomainContracts
import Foundation
import Logging
import Postgres
import ServiceLifecycle

/// Publishes what is committed, and moves it into the event log after the broker has confirmed. One copy of the service leads by a
/// lease; two leaders for a moment make duplicates, which every consumer knows, and nothing worse.
struct OutboxRelay: Service {
    let pool: PostgresPool
    let publisher: AMQPPublisher
    let lease: Lease
    let wakeup: Wakeup
    let watch: DependencyWatch
    let meter: ServiceMeter
    /// Who is told of each event that went out, if anybody.
    var traces: SpanExporter?
    /// Routing keys somebody inside Mendloop is bound to: for these, no route is a fault and not a lack of interest.
    let boundKeys: Set<String>
    let batch: Int

    /// How long to wait before looking without having been woken: soon where there was something, since another copy may
    /// have left more, and ever later where there was nothing.
    private static let shortestWait = Duration.milliseconds(20)
    private static let longestWait = Duration.milliseconds(500)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var wait = Self.longestWait
            while !Task.isCancelled {
                do {
                    let isLeader = try await lease.acquire(on: pool) != nil
                    meter.show(MetricCatalog.outboxLeader, isLeader ? 1 : 0)
                    let began = ContinuousClock.now
                    let moved = isLeader ? try await relay() : 0
                    // A whole batch: there is more.
                    if moved == batch { continue }
                    if wakeup.isPending { await Gathering.rest(after: moved, since: began) }
                    wait = moved > 0 ? Self.shortestWait : min(wait * 2, Self.longestWait)
                    await wakeup.wait(upTo: isLeader ? wait : .seconds(1))
                } catch  where error.isFaultOfDependency {
                    if !Task.isCancelled { await watch.waitForDatabase(after: error) }
                } catch {
                    watch.logger.warning("relay cannot publish", metadata: ["error": "\(error)"])
                    try? await Task.sleep(for: .milliseconds(250))
                }
            }
            await drain()
            await lease.release(on: pool)
        }
    }

    /// At shutdown, what is committed goes out if the broker takes it.
    private func drain() async {
        let task = Task {
            while try await relay() > 0 {}
        }
        let deadline = Task {
            try? await Task.sleep(for: .seconds(5))
            task.cancel()
        }
        _ = try? await task.value
        deadline.cancel()
    }

    /// Publishes the oldest rows and moves those that are through; the number published.
    private func relay() async throws -> Int {
        let rows = try await pool.query(
            """
            SELECT id, message_id, wire_type, routing_key, subject, traceparent, body,
                extract(epoch FROM clock_timestamp() - created_at)::float8 AS age
            FROM outbox ORDER BY id LIMIT \(batch)
            """)
        let pending = try rows.map(PendingEvent.init)
        if pending.isEmpty { return 0 }
        let began = ContinuousClock.now
        let start = Date()
        // Each hop is a step of its own: the header says from which one this message came.
        let hops = pending.map { $0.traceparent.flatMap(TraceContext.init(traceparent:))?.child() }
        let outcomes = try await publisher.publish(
            zip(pending, hops).map { $0.message(isMandatory: boundKeys.contains($0.routingKey), $1) },
            whenSent: CrashPoint.afterPublish.mayCrash)
        CrashPoint.afterConfirm.mayCrash()
        count(pending, outcomes, took: ContinuousClock.now - began)
        if let traces {
            let end = Date()
            traces.add(
                zip(zip(pending, hops), outcomes).compactMap { sent, outcome in
                    sent.1.map { Span(sent.0, $0, from: start, to: end, isConfirmed: outcome == .confirmed) }
                })
        }
        let done = Self.through(pending, outcomes)
        if !done.isEmpty { try await forget(done) }
        if done.count < pending.count {
            let reason = zip(pending, outcomes).first { $0.1 != .confirmed }
            watch.logger.warning(
                "events were not taken",
                metadata: [
                    "count": "\(pending.count - done.count)",
                    "first": "\(reason.map { "\($0.0.wireType): \($0.1)" } ?? "")",
                ])
            try await Task.sleep(for: .milliseconds(250))
        }
        return pending.count
    }

    private func count(_ events: [PendingEvent], _ outcomes: [PublishOutcome], took duration: Duration) {
        meter.publishing(took: duration)
        var kinds: [[String]: Int] = [:]
        for (event, outcome) in zip(events, outcomes) {
            kinds[[event.wireType, outcome.name], default: 0] += 1
            if outcome == .confirmed { meter.relayed(after: .seconds(max(event.age, 0)) + duration) }
        }
        for (kind, number) in kinds { meter.published(kind[0], kind[1], number) }
    }

    /// Nobody waits for the disk: a move that a crash of the database loses makes duplicates, as a crash before it does.
    private func forget(_ done: [PendingEvent]) async throws {
        let statements: [SQL] = [
            "SELECT set_config('synchronous_commit', 'off', true)",
            EventLog.keep(done.map(\.id)),
        ]
        try await pool.withConnection { _ = try await $0.pipeline(statements) }
    }

    /// Confirmed rows, except those behind an unconfirmed one of the same subject: they go out again after it, so that
    /// the last word on every subject arrives last.
    private static func through(_ pending: [PendingEvent], _ outcomes: [PublishOutcome]) -> [PendingEvent] {
        var stuck: Set<String> = []
        return zip(pending, outcomes).compactMap { event, outcome in
            if outcome != .confirmed { stuck.insert(event.subject) }
            return stuck.contains(event.subject) ? nil : event
        }
    }
}

/// A row of the outbox, read back to be published.
struct PendingEvent: Sendable {
    let id: Int
    let messageId: String
    let wireType: String
    let routingKey: String
    let subject: String
    let traceparent: String?
    let body: [UInt8]
    /// Since it was written, when it was read, in real seconds.
    let age: Double

    init(_ row: PostgresRow) throws {
        id = try row.get("id")
        messageId = try row.get("message_id")
        wireType = try row.get("wire_type")
        routingKey = try row.get("routing_key")
        subject = try row.get("subject")
        traceparent = try row.get("traceparent")
        body = try row.get("body")
        age = try row.get("age")
    }

    /// - Parameter hop: the step that this is in the event's story.
    func message(isMandatory: Bool, _ hop: TraceContext?) -> OutgoingMessage {
        OutgoingMessage(
            exchange: MendloopTopology.events, routingKey: routingKey, mandatory: isMandatory,
            properties: AMQPProperties(
                contentType: "application/cloudevents+json",
                headers: hop.map { ["traceparent": .string($0.traceparent)] } ?? [:], persistent: true,
                messageID: messageId,
                timestamp: Date(), type: wireType, appID: "mendloop"),
            body: body)
    }
}

extension PublishOutcome {
    /// As it is counted.
    fileprivate var name: String {
        switch self {
        case .confirmed: "confirmed"
        case .returned: "returned"
        case .rejected: "rejected"
        case .unknown: "unknown"
        }
    }
}
