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
        // Beside the one that looks on.
        let pool = PostgresPool(service.pool.configuration)
        try await TestStack.shared.sql("GRANT SET ON PARAMETER deadlock_timeout TO dispatch")
        try await pool.withConnection { gate in
            try await pool.withConnection { one in
                try await pool.withConnection { other in
                    try await closes(gate, history: one)
                    time.advance(by: .seconds(7200))
                    try await meets(one, behind: gate, service.pool, count: 1)
                    // The timer comes again when it has the account.
                    try await closes(gate, history: other)
                    try await one.execute("COMMIT")
                    try await meets(other, behind: gate, service.pool, count: 2)
                    try await other.execute("COMMIT")
                }
            }
        }
        await pool.close()
        try await endsDone(service, id)
        #expect(replays == 2)
    }

    /// What a timer writes after it has locked the account: first its own table, kept by `gate`, and then the history.
    private func closes(_ gate: PostgresConnection, history: PostgresConnection) async throws {
        try await gate.execute("BEGIN")
        try await gate.execute("LOCK TABLE timer IN SHARE MODE")
        try await history.execute("BEGIN")
        // PostgreSQL ends the one that finds out; not this one.
        try await history.execute("SET LOCAL deadlock_timeout = '10min'")
        try await history.execute("LOCK TABLE history IN SHARE MODE")
    }

    /// `session`, which has the history, waits for the accounts, and only then the timer for the history: a session looks for
    /// a deadlock once, a second after it began to wait, and the last to wait finds it however slowly all this goes.
    private func meets(
        _ session: PostgresConnection, behind gate: PostgresConnection, _ pool: PostgresPool, count: Double
    ) async throws {
        try await waits(for: "timer", pool)
        // Tables are given in turn, rows are not: done again, the timer would now and then be ahead of whom it met.
        async let accounts: Void = lockAccounts(session)
        try await waits(for: "account", pool)
        try await gate.execute("COMMIT")
        try await accounts
        try await eventually("it is done again") { replays == count }
        // What failed is logged as an error, and held back.
        #expect(try await pool.query("SELECT 1 AS x FROM timer WHERE attempts > 0").isEmpty)
    }

    private func lockAccounts(_ session: PostgresConnection) async throws {
        try await session.execute("LOCK TABLE account IN EXCLUSIVE MODE")
    }

    private func waits(for table: String, _ pool: PostgresPool) async throws {
        try await eventually("somebody waits for the table \(table)") {
            try await !pool.query(
                "SELECT 1 AS x FROM pg_locks WHERE NOT granted AND relation = \(table)::text::regclass"
            ).isEmpty
        }
    }
}
