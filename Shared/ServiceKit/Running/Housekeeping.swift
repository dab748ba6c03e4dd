import Foundation
import Logging
import Postgres
import ServiceLifecycle

/// Forgets inbox rows past their retention, and watches what the store holds: the outbox's depth and age, timers, letters, and
/// the service's own figures.
struct Housekeeping: Service {
    let pool: PostgresPool
    let meter: ServiceMeter
    let figures: [StoreFigure]
    let clock: DomainClock
    let retentionDays: Int
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await attempt("outbox", outbox)
                await attempt("timers", timers)
                await attempt("letters", letters)
                for figure in figures {
                    await attempt(figure.metric) { try await figure.show(by: meter, from: pool, now: clock.now()) }
                }
                await attempt("inbox", forget)
                try? await Task.sleep(for: .seconds(5))
            }
        }
    }

    /// One that fails keeps no other from being looked at.
    private func attempt(_ what: String, _ look: () async throws -> Void) async {
        do {
            try await look()
        } catch  where error.isFaultOfDependency {
            logger.debug("housekeeping waits for the database")
        } catch {
            logger.error("housekeeping failed", metadata: ["of": "\(what)", "error": "\(error)"])
        }
    }

    private func outbox() async throws {
        let rows = try await pool.query(
            """
            SELECT count(*) AS pending, coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS age
            FROM outbox
            """)
        guard let row = rows.first else { return }
        meter.show(MetricCatalog.outboxPending, try row.get("pending", as: Int.self))
        meter.show(MetricCatalog.outboxLag, try row.get("age", as: Double.self))
    }

    private func timers() async throws {
        let rows = try await pool.query(
            """
            SELECT count(*) AS pending, count(*) FILTER (WHERE due_at <= \(clock.now())) AS due, min(due_at) AS oldest
            FROM timer
            """)
        guard let row = rows.first else { return }
        // One that fails is held back between its tries, and late all the same.
        let oldest: Date? = try row.get("oldest")
        meter.show(MetricCatalog.timerLag, oldest.map { max(clock.realTime(since: $0) / .seconds(1), 0) } ?? 0)
        meter.show(MetricCatalog.pendingTimers, try row.get("pending", as: Int.self))
        meter.show(MetricCatalog.dueTimers, try row.get("due", as: Int.self))
    }

    private func letters() async throws {
        let rows = try await pool.query(
            """
            SELECT state, reason, count(*) AS number FROM parked_message WHERE state IN ('parked', 'dead')
            GROUP BY state, reason
            """)
        var letters: [String: [String: Double]] = [:]
        for row in rows {
            letters[try row.get("state"), default: [:]][try row.get("reason")] = Double(
                try row.get("number", as: Int.self))
        }
        meter.show(MetricCatalog.parkedMessages, by: "reason", letters["parked"] ?? [:])
        meter.show(MetricCatalog.deadMessages, by: "reason", letters["dead"] ?? [:])
    }

    /// In small portions, so that no batch waits behind it. The oldest go first and the newest stays: from what is left, a restore
    /// can tell since when the inbox knows everything.
    private func forget() async throws {
        _ = try await pool.execute(
            """
            DELETE FROM inbox WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM inbox WHERE NOT kept AND handled_at < now() - make_interval(days => \(retentionDays)::int)
                    AND handled_at < (SELECT max(handled_at) FROM inbox WHERE NOT kept)
                ORDER BY handled_at LIMIT 5000))
            """)
    }
}
