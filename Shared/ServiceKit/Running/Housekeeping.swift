import Foundation
import Logging
import Postgres
import ServiceLifecycle

/// Forgets inbox rows past their retention, and watches the outbox's depth and age and the timers that are set.
struct Housekeeping: Service {
    let pool: PostgresPool
    let meter: ServiceMeter
    let clock: DomainClock
    let retentionDays: Int
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await measure()
                    try await forget()
                } catch  where error.isFaultOfDependency {
                    logger.debug("housekeeping waits for the database")
                } catch {
                    logger.error("housekeeping failed", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(5))
            }
        }
    }

    private func measure() async throws {
        let rows = try await pool.query(
            """
            SELECT count(*) AS pending, coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8 AS age
            FROM outbox
            """)
        guard let row = rows.first else { return }
        meter.outbox(pending: try row.get("pending"), oldestAge: try row.get("age"))
        let timers = try await pool.query(
            "SELECT count(*) AS pending, count(*) FILTER (WHERE due_at <= \(clock.now())) AS due FROM timer")
        guard let row = timers.first else { return }
        meter.timers(pending: try row.get("pending"), due: try row.get("due"))
    }

    /// In small portions, so that no batch waits behind it.
    private func forget() async throws {
        _ = try await pool.execute(
            """
            DELETE FROM inbox WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM inbox WHERE NOT kept AND handled_at < now() - make_interval(days => \(retentionDays)::int)
                LIMIT 5000))
            """)
    }
}
