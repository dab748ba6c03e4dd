import DomainContracts
import Foundation
import Postgres
import ServiceKit
import ServiceTesting
import Testing

@Suite("A timer that fires while a transaction changes what it is about")
struct TimerLockingTests {
    private let registry = MetricsRegistry()
    private let time = ManualTime()

    /// A service with an account whose timer is due in an hour.
    private func openAccount() async throws -> (service: RunningService, id: UUID) {
        let definition = try Sample.definition()
        let site = try await TestSite.fresh(definition)
        let service = try await RunningService.start(definition, on: site, clock: .manual(time), metrics: registry)
        let client = try service.client()
        let id = UUID()
        _ = try await client.send(try client.message(WorkOrderOpened.sample(id), story: id))
        try await eventually("the timer is set") {
            try await !service.pool.query("SELECT 1 AS x FROM timer WHERE aggregate_id = \(id)").isEmpty
        }
        await client.close()
        return (service, id)
    }

    private var replays: Double? {
        let series = "\(MetricCatalog.batchReplays){"
        let line = registry.prometheusText().split(separator: "\n").first {
            $0.hasPrefix(series) && $0.contains("queue=\"dispatch.timers\"")
        }
        return line.flatMap { $0.split(separator: " ").last }.flatMap { Double($0) }
    }

    /// Reminded by the timer and settled by the worker, once each.
    private func endsDone(_ service: RunningService, _ id: UUID) async throws {
        try await eventually("the timer has fired") {
            let rows = try await service.pool.query("SELECT status, version FROM account WHERE id = \(id)")
            return try rows.first?.get("status", as: String.self) == "settled"
                && rows.first?.get("version", as: Int.self) == 3
        }
        #expect(try await service.pool.query("SELECT 1 AS x FROM timer").isEmpty)
        await service.stop()
    }

    @Test("waits for that without holding the timer, and does not fire when it was set anew meanwhile")
    func takenLast() async throws {
        let (service, id) = try await openAccount()
        let pool = service.pool
        try await pool.transaction { connection in
            try await connection.execute("SELECT FROM account WHERE id = \(id) FOR UPDATE")
            time.advance(by: .seconds(7200))
            try await eventually("the timer waits for the account") {
                try await !pool.query(
                    """
                    SELECT 1 AS x FROM pg_locks WHERE NOT granted
                        AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())
                    """
                ).isEmpty
            }
            try await connection.execute("SELECT FROM timer WHERE aggregate_id = \(id) FOR UPDATE NOWAIT")
            try await connection.execute("UPDATE timer SET due_at = due_at + interval '1 day'")
        }
        time.advance(by: .seconds(172_800))
        try await endsDone(service, id)
        #expect(replays == 0)
    }

    @Test("is done again when both met crosswise, which is counted and is no failure")
    func crosswise() async throws {
        let (service, id) = try await openAccount()
        let pool = service.pool
        // The timer's transaction waits first and is the one that PostgreSQL ends.
        try await TestStack.shared.sql("GRANT SET ON PARAMETER deadlock_timeout TO dispatch")
        try await pool.withConnection { one in
            try await pool.withConnection { other in
                for session in [one, other] {
                    try await session.execute("BEGIN")
                    try await session.execute("SET LOCAL deadlock_timeout = '10min'")
                    // What a timer writes after it has locked the account.
                    try await session.execute("LOCK TABLE history IN SHARE MODE")
                }
                time.advance(by: .seconds(7200))
                for (session, count) in [(one, 1.0), (other, 2.0)] {
                    try await eventually("the timer waits for the history") {
                        try await !pool.query(
                            "SELECT 1 AS x FROM pg_locks WHERE NOT granted AND relation = 'history'::regclass"
                        ).isEmpty
                    }
                    try await session.execute("SELECT FROM account WHERE id = \(id) FOR UPDATE")
                    try await eventually("it is done again") { replays == count }
                    // What failed is logged as an error, and held back.
                    let failed = try await pool.query("SELECT 1 AS x FROM timer WHERE attempts > 0")
                    #expect(failed.isEmpty)
                    try await session.execute("COMMIT")
                }
            }
        }
        try await endsDone(service, id)
        #expect(replays == 2)
    }
}
