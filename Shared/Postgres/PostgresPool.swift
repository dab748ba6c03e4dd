import PollThread
import Synchronization

/// Sessions to lend, all on one poll thread. They are opened when first needed and opened anew when they have died;
/// callers beyond `poolSize` wait in line. Nobody is ever lent a session that stands in a transaction.
///
/// With the server down, callers get a connection error at once, and so does everybody in line: pause, then try again.
public final class PostgresPool: Sendable {
    public struct Statistics: Sendable, Equatable {
        /// Sessions that stand, lent or not.
        public var open: Int
        /// Sessions that stand and are not lent.
        public var idle: Int
        /// Callers in line.
        public var waiting: Int
    }

    public let configuration: PostgresConfiguration
    private let thread: PollThread
    private let connections: [PostgresConnection]
    private let permits: Permits
    /// Those not lent; the last one was used last.
    private let free: Mutex<[PostgresConnection]>

    /// Opens nothing yet.
    public init(_ configuration: PostgresConfiguration) {
        let thread = PollThread(name: "postgres")
        let servers = ServerMemory()
        let connections = (0..<max(1, configuration.poolSize)).map { _ in
            PostgresConnection(configuration, thread: thread, servers: servers)
        }
        self.configuration = configuration
        self.thread = thread
        self.connections = connections
        self.permits = Permits(connections.count)
        self.free = Mutex(connections)
    }

    /// Lends a session to `body`. It must not be used after `body` has returned, and what `body` sets for the session
    /// (`SET`, advisory locks) it must take back. The first statement opens a session if need be.
    public func withConnection<Value: Sendable>(
        _ body: @Sendable (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let connection = try await lend()
        do {
            let value = try await body(connection)
            await takeBack(connection)
            return value
        } catch {
            await takeBack(connection)
            throw error
        }
    }

    /// `PostgresConnection.transaction` on a lent session.
    public func transaction<Value: Sendable>(
        _ body: @Sendable (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await withConnection { try await $0.transaction(body) }
    }

    public func query(_ sql: SQL) async throws -> [PostgresRow] {
        try await withConnection { try await $0.query(sql) }
    }

    @discardableResult
    public func execute(_ sql: SQL) async throws -> Int {
        try await withConnection { try await $0.execute(sql) }
    }

    /// Throws unless the server answers a statement.
    public func ping() async throws {
        _ = try await query("SELECT 1")
    }

    /// Turns away those in line and those to come, waits for the lent sessions, and ends all of them.
    public func close() async {
        await permits.close(with: PostgresError(kind: .connection(.closed), message: "the pool is closed"))
        for connection in connections {
            await connection.close()
        }
    }

    public var statistics: Statistics {
        let idle = free.withLock { $0.count { $0.isOpen } }
        return Statistics(open: connections.count { $0.isOpen }, idle: idle, waiting: permits.waiting)
    }

    private func lend() async throws -> PostgresConnection {
        try await permits.acquire()
        guard let connection = free.withLock({ $0.popLast() }) else {
            permits.release()
            throw PostgresError.usage("more permits than connections")
        }
        connection.mayReconnect.store(true, ordering: .releasing)
        return connection
    }

    private func takeBack(_ connection: PostgresConnection) async {
        connection.mayReconnect.store(false, ordering: .releasing)
        await connection.restore()
        free.withLock { free in
            // Standing sessions are lent first.
            if connection.isOpen {
                free.append(connection)
            } else {
                free.insert(connection, at: 0)
            }
        }
        // Nobody could be served: those in line would each wait for the same failure.
        if let failure = connection.connectFailure.withLock({ $0 }), !connections.contains(where: \.isOpen) {
            permits.turnAway(with: failure)
        }
        permits.release()
    }
}
