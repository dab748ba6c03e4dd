import Foundation
import Postgres
import Testing

extension DatabaseTests {
    /// Each test that kills a server has one of its own.
    @Suite(.timeLimit(.minutes(3)))
    struct FaultTests {
        @Test("the server ends a statement that takes too long, and the error says so")
        func statementTimeout() async throws {
            try await PostgresPool.withFresh(size: 1, { $0.statementTimeout = .milliseconds(500) }) { pool in
                let error = await #expect(throws: PostgresError.self) { try await pool.query("SELECT pg_sleep(60)") }
                #expect(error?.sqlState == .queryCanceled)
                #expect(error?.kind == .server)
                #expect(error?.isTransientDependencyFault == true)
                try await pool.ping()
            }
        }

        @Test("a lock that does not come is a fault of the moment, not of the message")
        func lockTimeout() async throws {
            try await PostgresPool.withFresh(size: 2, { $0.lockTimeout = .milliseconds(50) }) { pool in
                try await pool.execute("CREATE TABLE item (id bigint)")
                try await pool.transaction { holder in
                    try await holder.execute("LOCK TABLE item")
                    let error = await #expect(throws: PostgresError.self) { try await pool.query("SELECT * FROM item") }
                    #expect(error?.sqlState == .lockNotAvailable)
                    #expect(error?.isTransientDependencyFault == true)
                }
                #expect(try await pool.query("SELECT * FROM item").isEmpty)
            }
        }

        @Test("an administrator who ends a session: the statement fails typed, the pool opens another")
        func terminated() async throws {
            try await PostgresPool.withFresh(size: 1) { pool in
                let error = await #expect(throws: PostgresError.self) {
                    try await pool.query("SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(60)")
                }
                #expect(error?.kind == .connection(.lost))
                #expect(error?.sqlState == .adminShutdown)
                #expect(error?.isTransientDependencyFault == true)
                try await pool.ping()
            }
        }

        @Test("a session that died between two uses is replaced unseen")
        func diedIdle() async throws {
            try await PostgresPool.withFresh(size: 1) { pool in
                let other = PostgresConnection(pool.configuration)
                try await other.connect()
                for _ in 0..<3 {
                    let process = try await pool.query("SELECT pg_backend_pid() AS pid")[0].get("pid", as: Int.self)
                    try await other.execute("SELECT pg_terminate_backend(\(process)::int, 5000)")
                    #expect(
                        try await pool.query("SELECT pg_backend_pid() AS pid")[0].get("pid", as: Int.self) != process)
                }
                await other.close()
            }
        }

        @Test("a killed server: statements under way fail typed, later ones at once, and all is well when it is back")
        func killedServer() async throws {
            let server = try PrivateServer()
            let pool = PostgresPool(server.configuration(poolSize: 3))
            let sleepers = (0..<3).map { _ in Task { try await pool.query("SELECT pg_sleep(600)") } }
            let watcher = PostgresConnection(server.configuration())
            try await watcher.connect()
            var sleeping = 0
            while sleeping < 3 {
                sleeping = try await watcher.query("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'").count
            }
            let inLine = (0..<5).map { _ in Task { try await pool.ping() } }
            while pool.statistics.waiting < 5 { await Task.yield() }
            try server.kill()
            for task in sleepers {
                let error = await #expect(throws: PostgresError.self) { try await task.value }
                #expect(error?.isConnectionFault == true)
                #expect(error?.isTransientDependencyFault == true)
            }
            for task in inLine {
                let error = await #expect(throws: PostgresError.self) { try await task.value }
                #expect(error?.isTransientDependencyFault == true)
            }
            let refused = await #expect(throws: PostgresError.self) { try await pool.ping() }
            #expect(refused?.kind == .connection(.refused))
            #expect(refused?.isTransientDependencyFault == true)
            #expect(pool.statistics.open == 0)
            try server.start()
            try await pool.ping()
            #expect(pool.statistics.open == 1)
            // A session of one's own does not come back by itself.
            let lost = await #expect(throws: PostgresError.self) { try await watcher.query("SELECT 1") }
            #expect(lost?.isConnectionFault == true)
            try await watcher.connect()
            _ = try await watcher.query("SELECT 1")
            await watcher.close()
            await pool.close()
            try server.kill()
        }

        @Test("a server killed in a transaction: the body's error comes out, BEGIN's failure is told apart")
        func killedInTransaction() async throws {
            let server = try PrivateServer()
            let pool = PostgresPool(server.configuration(poolSize: 1))
            try await pool.execute("CREATE TABLE item (id bigint)")
            let during = await #expect(throws: PostgresError.self) {
                try await pool.transaction { connection in
                    try await connection.execute("INSERT INTO item VALUES (1)")
                    try server.kill()
                    try await connection.execute("INSERT INTO item VALUES (2)")
                }
            }
            #expect(during?.isTransientDependencyFault == true)
            let before = await #expect(throws: TransactionFailure.self) {
                try await pool.transaction { _ in Issue.record("the body ran without a transaction") }
            }
            #expect(before?.isTransientDependencyFault == true)
            if case .begin = before {} else { Issue.record("not a failure of BEGIN") }
            try server.start()
            let failure = await #expect(throws: TransactionFailure.self) {
                try await pool.transaction { connection in
                    try await connection.execute("INSERT INTO item VALUES (3)")
                    try server.kill()
                }
            }
            if case .commit(let error) = failure {
                #expect(error.isConnectionFault)
            } else {
                Issue.record("not a failure of COMMIT")
            }
            try server.start()
            #expect(try await pool.query("SELECT * FROM item").isEmpty)
            await pool.close()
            try server.kill()
        }

        @Test("a listener learns that its session has ended")
        func lostListener() async throws {
            try await PostgresPool.withFresh(size: 1) { pool in
                let listener = PostgresConnection(pool.configuration)
                try await listener.connect()
                try await listener.listen("farewell")
                let process = try await listener.query("SELECT pg_backend_pid() AS pid")[0].get("pid", as: Int.self)
                let hearing = Task { try await listener.nextNotification() }
                try await pool.execute("SELECT pg_terminate_backend(\(process)::int, 5000)")
                let error = await #expect(throws: PostgresError.self) { try await hearing.value }
                #expect(error?.isTransientDependencyFault == true)
            }
        }

        @Test("nobody at the address, a wrong database, a wrong URL: each a typed error")
        func unreachable() async throws {
            func failure(_ url: String, _ timeout: Duration = .seconds(5)) async -> PostgresError? {
                var configuration = PostgresConfiguration(url: url, applicationName: "test")
                configuration.connectTimeout = timeout
                let pool = PostgresPool(configuration)
                return await #expect(throws: PostgresError.self) { try await pool.ping() }
            }
            let server = try PrivateServer.shared()
            let refused = await failure("postgres://127.0.0.1:1/postgres?user=tester")
            #expect(refused?.kind == .connection(.refused))
            #expect(refused?.isTransientDependencyFault == true)
            let absent = await failure("postgres://tester@127.0.0.1:\(server.port)/absent")
            #expect(absent?.sqlState == SQLState(rawValue: "3D000"))
            #expect(absent?.isTransientDependencyFault == false)
            let nonsense = await failure("postgres://secret:password@host:port:x/")
            #expect(nonsense?.kind == .connection(.misconfigured))
            #expect(nonsense?.isTransientDependencyFault == false)
            #expect(nonsense?.description.contains("secret") == false)
        }

        @Test(
            "a server is called as its URL calls it, without user and password",
            arguments: [
                ("postgres://u:p@db:5433/x", "db:5433"), ("postgresql://u@db/x?sslmode=verify-full", "db"),
                ("host=/run/postgresql user=u", "/run/postgresql"),
                ("postgresql://u:p@a,b:5433/x", "a, b:5433"), ("postgresql://u@a:1,b:2/x", "a:1, b:2"),
                ("postgres:///x", nil), ("nonsense", nil),
            ])
        func called(url: String, server: String?) {
            #expect(PostgresConfiguration(url: url, applicationName: "test").server == server)
        }

        @Test("a server that accepts and never answers is given up after the connect timeout")
        func silent() async throws {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(descriptor) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                    _ = bind(descriptor, pointer, length)
                    _ = listen(descriptor, 8)
                    _ = getsockname(descriptor, pointer, &length)
                }
            }
            let port = UInt16(bigEndian: address.sin_port)
            var configuration = PostgresConfiguration(url: "postgres://x@127.0.0.1:\(port)/x", applicationName: "test")
            configuration.connectTimeout = .milliseconds(100)
            let pool = PostgresPool(configuration)
            let error = await #expect(throws: PostgresError.self) { try await pool.ping() }
            #expect(error?.kind == .connection(.timedOut))
            #expect(error?.isTransientDependencyFault == true)
        }

        @Test("a frozen server is given up, whether a statement waits for it or its cancellation does")
        func frozen() async throws {
            func change(_ configuration: inout PostgresConfiguration) {
                configuration.statementTimeout = .seconds(2)
                configuration.silenceAllowance = .zero
            }
            try await PostgresPool.withFresh(size: 1, change) { pool in
                let process = try await pool.query("SELECT pg_backend_pid() AS pid")[0].get("pid", as: Int32.self)
                kill(process, SIGSTOP)
                let error = await #expect(throws: PostgresError.self) { try await pool.query("SELECT 1") }
                kill(process, SIGCONT)
                #expect(error?.kind == .connection(.unresponsive))
                #expect(error?.isTransientDependencyFault == true)
                try await pool.ping()
            }
            try await PostgresPool.withFresh(size: 1) { pool in
                let process = try await pool.query("SELECT pg_backend_pid() AS pid")[0].get("pid", as: Int32.self)
                kill(process, SIGSTOP)
                let task = Task { try await pool.query("SELECT 1") }
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
                kill(process, SIGCONT)
                try await pool.ping()
            }
        }

        @Test("too many sessions is a fault of the dependency")
        func tooMany() async throws {
            let server = try PrivateServer()
            let pool = PostgresPool(server.configuration(poolSize: 1))
            try await pool.execute("CREATE ROLE plain LOGIN CONNECTION LIMIT 0")
            let other = PostgresPool(
                PostgresConfiguration(
                    url: "postgres://plain@127.0.0.1:\(server.port)/postgres", applicationName: "test"))
            let error = await #expect(throws: PostgresError.self) { try await other.ping() }
            #expect(error?.sqlState == .tooManyConnections)
            #expect(error?.kind == .connection(.refused))
            #expect(error?.isTransientDependencyFault == true)
            await pool.close()
            try server.kill()
        }
    }
}
