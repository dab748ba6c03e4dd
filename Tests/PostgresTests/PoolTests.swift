import Foundation
import Postgres
import Synchronization
import Testing

/// A value that several tasks change.
private final class Guarded<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    init(_ value: Value) {
        self.value = Mutex(value)
    }

    func withLock<Result: Sendable>(_ body: @Sendable (inout Value) -> Result) -> Result {
        value.withLock { body(&$0) }
    }
}

extension DatabaseTests {
    @Suite(.timeLimit(.minutes(2)))
    struct PoolTests {
        @Test("eight statements on eight sessions of one thread run at the same time")
        func overlap() async throws {
            try await PostgresPool.withFresh(size: 9, { $0.applicationName = "overlap" }) { pool in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<8 {
                        group.addTask { _ = try await pool.query("SELECT pg_sleep(60)") }
                    }
                    // The ninth session watches the other eight; none of them can end before they are all there.
                    var active = 0
                    while active < 8 {
                        active = try await pool.query(
                            """
                            SELECT count(*) AS n FROM pg_stat_activity
                            WHERE application_name = 'overlap' AND state = 'active' AND query LIKE '%pg_sleep(60)%'
                                AND pid <> pg_backend_pid()
                            """)[0].get("n")
                    }
                    #expect(active == 8)
                    group.cancelAll()
                    await #expect(throws: CancellationError.self) { try await group.waitForAll() }
                }
            }
        }

        @Test("never more sessions than the pool's size, and everybody gets a turn")
        func limit() async throws {
            try await PostgresPool.withFresh(size: 3, { $0.applicationName = "limit" }) { pool in
                let lent = Guarded((now: 0, most: 0))
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<60 {
                        group.addTask {
                            try await pool.withConnection { connection in
                                lent.withLock { lent in
                                    lent.now += 1
                                    lent.most = max(lent.most, lent.now)
                                }
                                _ = try await connection.query("SELECT pg_sleep(0)")
                                lent.withLock { $0.now -= 1 }
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(lent.withLock { $0.most } <= 3)
                let row = try await pool.query(
                    "SELECT count(*) AS n FROM pg_stat_activity WHERE application_name = 'limit'")[0]
                #expect(try row.get("n", as: Int.self) <= 3)
                #expect(pool.statistics.waiting == 0)
                #expect(pool.statistics.idle == pool.statistics.open)
            }
        }

        @Test("those in line are served in the order they came")
        func fairness() async throws {
            try await PostgresPool.withFresh(size: 1) { pool in
                let served = Guarded<[Int]>([])
                let (release, releaser) = AsyncStream.makeStream(of: Void.self)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        try await pool.withConnection { _ in for await _ in release {} }
                    }
                    while pool.statistics.idle > 0 { await Task.yield() }
                    for number in 0..<10 {
                        group.addTask {
                            try await pool.withConnection { _ in served.withLock { $0.append(number) } }
                        }
                        while pool.statistics.waiting <= number { await Task.yield() }
                    }
                    releaser.finish()
                    try await group.waitForAll()
                }
                #expect(served.withLock { $0 } == Array(0..<10))
            }
        }

        @Test("a caller in line who is cancelled leaves the line, and the pool goes on")
        func cancelledInLine() async throws {
            try await PostgresPool.withFresh(size: 1) { pool in
                try await pool.withConnection { _ in
                    let waiter = Task { try await pool.ping() }
                    while pool.statistics.waiting == 0 { await Task.yield() }
                    waiter.cancel()
                    await #expect(throws: CancellationError.self) { try await waiter.value }
                    #expect(pool.statistics.waiting == 0)
                }
                try await pool.ping()
            }
        }

        @Test("cancelling a task cancels its statement, and the session serves on")
        func cancelledStatement() async throws {
            try await PostgresPool.withFresh(size: 1) { pool in
                func process() async throws -> Int {
                    try await pool.query("SELECT pg_backend_pid() AS pid")[0].get("pid")
                }
                let watcher = PostgresConnection(pool.configuration)
                try await watcher.connect()
                let before = try await process()
                for _ in 0..<5 {
                    let sleeper = Task { try await pool.query("SELECT pg_sleep(600)") }
                    var isRunning = false
                    while !isRunning {
                        isRunning =
                            try await watcher.query(
                                "SELECT 1 FROM pg_stat_activity WHERE pid = \(before) AND wait_event = 'PgSleep'"
                            ).count == 1
                    }
                    sleeper.cancel()
                    await #expect(throws: CancellationError.self) { try await sleeper.value }
                    #expect(try await process() == before)
                }
                await watcher.close()
            }
        }

        @Test("a cancellation at any moment leaves the pool working", arguments: 0..<40)
        func cancelledAtAnyMoment(moment: Int) async throws {
            try await PostgresPool.withFresh(size: 2) { pool in
                try await pool.execute("CREATE TABLE item (id bigint)")
                let task = Task {
                    try await pool.transaction { connection in
                        try await connection.execute("INSERT INTO item VALUES (1)")
                        _ = try await connection.query("SELECT pg_sleep(600)")
                    }
                }
                for _ in 0..<moment * 20 { await Task.yield() }
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
                for _ in 0..<3 {
                    #expect(try await pool.query("SELECT count(*) AS n FROM item")[0].get("n", as: Int.self) == 0)
                }
            }
        }

        @Test("a session that listens is not lent to anybody else")
        func listening() async throws {
            try await PostgresPool.withFresh(size: 1) { pool in
                try await pool.withConnection { try await $0.listen("news") }
                #expect(try await pool.query("SELECT pg_listening_channels()").isEmpty)
            }
        }

        @Test("a closed pool turns callers away and waits for those it serves")
        func closing() async throws {
            let pool = PostgresPool(try PrivateServer.shared().configuration(poolSize: 1))
            let (release, releaser) = AsyncStream.makeStream(of: Void.self)
            let (lent, lender) = AsyncStream.makeStream(of: Void.self)
            let holder = Task {
                try await pool.withConnection { connection in
                    lender.finish()
                    for await _ in release {}
                    return try await connection.query("SELECT 1").count
                }
            }
            for await _ in lent {}
            let waiter = Task { try await pool.ping() }
            while pool.statistics.waiting == 0 { await Task.yield() }
            let closing = Task { await pool.close() }
            let turnedAway = await #expect(throws: PostgresError.self) { try await waiter.value }
            #expect(turnedAway?.kind == .connection(.closed))
            releaser.finish()
            #expect(try await holder.value == 1)
            await closing.value
            let late = await #expect(throws: PostgresError.self) { try await pool.ping() }
            #expect(late?.kind == .connection(.closed))
            #expect(pool.statistics.open == 0)
        }
    }
}
