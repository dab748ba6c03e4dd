import Foundation
import Postgres
import Synchronization

/// A PostgreSQL server of the tests' own: a temporary folder, a free loopback port, removed when the process exits.
final class PrivateServer: Sendable {
    let folder: String
    let port: UInt16
    private static let binaries = "/usr/lib/postgresql/15/bin"
    private static let running = Mutex<[PrivateServer]>([])
    private static let starting = Mutex<Result<PrivateServer, any Error>?>(nil)

    struct Failure: Error {
        let output: String
    }

    /// The one that all suites share.
    static func shared() throws -> PrivateServer {
        try starting.withLock { started in
            if let started { return try started.get() }
            let result = Result { try PrivateServer() }
            started = result
            return try result.get()
        }
    }

    init() throws {
        folder = "/tmp/mendloop-postgres-tests-\(UUID().uuidString)"
        port = Self.freePort()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        if geteuid() == 0 {
            _ = try Self.run("chown", "postgres", folder)
        }
        try asOwner(
            "\(Self.binaries)/initdb", "-D", data, "--username=tester", "--auth=trust", "--locale=C.UTF-8", "-E",
            "UTF8",
            "--no-sync")
        let settings = """
            listen_addresses = '127.0.0.1'
            port = \(port)
            unix_socket_directories = '\(folder)'
            max_connections = 400
            fsync = off
            """
        let file = try FileHandle(forWritingTo: URL(filePath: "\(data)/postgresql.conf"))
        try file.seekToEnd()
        try file.write(contentsOf: Data(settings.utf8))
        try file.close()
        try start()
        let isFirst = Self.running.withLock { servers in
            servers.append(self)
            return servers.count == 1
        }
        if isFirst {
            atexit { PrivateServer.removeAll() }
        }
    }

    private var data: String { "\(folder)/data" }

    var url: String { "postgres://tester@127.0.0.1:\(port)/postgres" }

    var socketURL: String { "postgres://tester@/postgres?host=\(folder)&port=\(port)" }

    func start() throws {
        try asOwner("\(Self.binaries)/pg_ctl", "-D", data, "-w", "-t", "60", "-l", "\(folder)/log", "start")
    }

    /// As a power cut would.
    func kill() throws {
        try asOwner("\(Self.binaries)/pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    }

    func configuration(poolSize: Int = 4) -> PostgresConfiguration {
        PostgresConfiguration(url: url, applicationName: "postgres-tests", poolSize: poolSize)
    }

    private static func removeAll() {
        for server in running.withLock({ $0 }) {
            try? server.kill()
            try? FileManager.default.removeItem(atPath: server.folder)
        }
    }

    /// PostgreSQL refuses to run as root.
    private func asOwner(_ command: String...) throws {
        let prefix = geteuid() == 0 ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : []
        _ = try Self.run(prefix + command)
    }

    private static func run(_ command: String...) throws -> String {
        try run(command)
    }

    /// popen, because Foundation's `Process` waits for a descriptor that the server inherits and never closes.
    private static func run(_ command: [String]) throws -> String {
        let log = "/tmp/mendloop-postgres-command-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: log) }
        let words = command.map { "'\($0)'" }.joined(separator: " ")
        guard let stream = popen("cd /tmp; \(words) </dev/null >\(log) 2>&1", "r") else {
            throw Failure(output: "no process")
        }
        let status = pclose(stream)
        let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        guard status == 0 else {
            throw Failure(output: "\(command): \(text)")
        }
        return text
    }

    private static func freePort() -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                _ = bind(descriptor, pointer, length)
                _ = getsockname(descriptor, pointer, &length)
            }
        }
        return UInt16(bigEndian: address.sin_port)
    }
}

extension PostgresPool {
    /// A pool on the shared server for the time of `body`, with a schema of its own named by `searchPath`.
    static func withFresh<Value: Sendable>(
        size: Int = 4, _ change: (inout PostgresConfiguration) -> Void = { _ in },
        _ body: (PostgresPool) async throws -> Value
    ) async throws -> Value {
        let schema = "test_" + UUID().uuidString.lowercased().filter { $0 != "-" }
        var configuration = try PrivateServer.shared().configuration(poolSize: size)
        configuration.searchPath = schema
        change(&configuration)
        let pool = PostgresPool(configuration)
        try await pool.execute("CREATE SCHEMA IF NOT EXISTS \(identifier: schema)")
        do {
            let value = try await body(pool)
            await pool.close()
            return value
        } catch {
            await pool.close()
            throw error
        }
    }
}
