import DomainContracts
import Foundation
import Logging
import Postgres
import ServiceLifecycle

/// Fires timers that are due. Each is taken and handled in one transaction by whichever copy is alive; what is
/// overdue after an outage fires at once. Kinds that this copy does not know are left to one that does: while an upgrade
/// rolls, newer copies set timers that older ones have no handler for.
struct TimerRunner: Service {
    let processor: BatchProcessor
    let wakeup: Wakeup
    let watch: DependencyWatch

    private static let batch = 200

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    let rest = try await untilNext()
                    if rest > .zero {
                        await wakeup.wait(upTo: rest)
                    } else if try await fireDue() == 0 {
                        // Another copy has taken what is due.
                        await wakeup.wait(upTo: .milliseconds(50))
                    }
                } catch  where error.isFaultOfDependency {
                    if !Task.isCancelled { await watch.waitForDatabase(after: error) }
                } catch {
                    watch.logger.error("timers cannot be read", metadata: ["error": "\(error)"])
                    try? await Task.sleep(for: .seconds(1))
                }
            }
        }
    }

    /// Fires what is due, as one batch; one by one when that fails.
    private func fireDue() async throws -> Int {
        do {
            return try await processor.pastConflicts(queue) { try await fire(limit: Self.batch) }
        } catch  where !error.isFaultOfDependency {
            return try await fireAlone(after: error)
        }
    }

    private func fire(limit: Int) async throws -> Int {
        let now = processor.clock.now()
        let decided = try await processor.pool.transaction { connection in
            let rows = try await connection.query(due(now, limit))
            if rows.isEmpty { return BatchProcessor.Decided() }
            let items = try rows.compactMap(item).map { processor.traces == nil ? $0 : $0.traced() }
            return try await processor.decide(items, on: connection)
        }
        processor.told(decided.spans)
        for timer in decided.fired {
            processor.meter.fired(timer.kind, delay: processor.clock.realTime(since: timer.dueAt))
        }
        processor.committed(decided.news)
        return decided.fired.count
    }

    /// The oldest due timer alone; if it fails again it is held back, ever longer.
    private func fireAlone(after error: any Error) async throws -> Int {
        do {
            return try await processor.pastConflicts(queue) { try await fire(limit: 1) }
        } catch  where !error.isFaultOfDependency {
            watch.logger.error("timer failed", metadata: ["error": "\(error)"])
            let now = processor.clock.now()
            _ = try await processor.pool.execute(
                """
                UPDATE timer SET attempts = attempts + 1,
                    retry_at = now() + make_interval(secs => least(600, power(2, least(attempts, 10))))
                WHERE (kind, aggregate_id, discriminator) IN
                    (SELECT kind, aggregate_id, discriminator FROM timer
                     WHERE kind = ANY(\(kinds)) AND due_at <= \(now) AND (retry_at IS NULL OR retry_at <= now())
                     ORDER BY due_at LIMIT 1)
                """)
            return 1
        }
    }

    /// Where conflicts are counted: timers come from no queue.
    private var queue: String { ServiceQueues(of: processor.definition.name).timers }

    /// Those that somebody here handles.
    private var kinds: [String] { Array(processor.definition.timers.keys) }

    /// They are taken when it is decided what they do; until then somebody else may take or change them.
    private func due(_ now: Date, _ limit: Int) -> SQL {
        """
        SELECT kind, aggregate_id, discriminator, due_at, story, correlation FROM timer
        WHERE kind = ANY(\(kinds)) AND due_at <= \(now) AND (retry_at IS NULL OR retry_at <= now())
        ORDER BY due_at LIMIT \(limit)
        """
    }

    /// Nil for a kind that was not asked for.
    private func item(_ row: PostgresRow) throws -> BatchItem? {
        let timer = try FiredTimer(row)
        guard let handler = processor.definition.timers[timer.kind] else { return nil }
        let service = processor.definition.name.rawValue
        var keys = Keys()
        handler.keys(timer, &keys)
        return BatchItem(
            origin: .timer(timer),
            envelope: Envelope(
                id: processor.ids.next().text, source: "/mendloop/\(service)",
                type: "mendloop.\(service).timer-\(timer.kind).v1", time: processor.clock.now(),
                partitionkey: try row.get("story"), correlationid: try row.get("correlation"), authtype: "service",
                authid: service),
            channel: nil, keys: keys, route: nil,
            decide: { turn throws(Refusal) in
                handler.decide(timer, &turn)
                return .applied
            }, answerAgain: { _ in nil }, bodyHash: nil)
    }

    /// Real time until the next timer is due, at most a second: another copy may set an earlier one. Zero when one is.
    private func untilNext() async throws -> Duration {
        let rows = try await processor.pool.query(
            """
            SELECT min(due_at) AS next FROM timer
            WHERE kind = ANY(\(kinds)) AND (retry_at IS NULL OR retry_at <= now())
            """)
        guard let next: Date = try rows.first?.get("next", as: Date?.self) else {
            return .seconds(1)
        }
        if processor.clock.now() >= next { return .zero }
        return min(max(processor.clock.realDelay(until: next), .milliseconds(2)), .seconds(1))
    }
}
