import Foundation
import Postgres

/// The database server, asked as the administrator or as any role.
struct DatabaseExamination {
    /// `server_version_num`: 150006 is 15.6.
    var version: Int
    var extensions: Set<String>
    /// Off where a fall of the machine may cost what was committed.
    var savesOnFall: Bool
    var mostConnections: Int
    /// What the pools of all copies may take together.
    var poolLimits: Int
    /// Transactions that have been open for more than a minute: who, and for how many seconds.
    var longTransactions: [(who: String, seconds: Int)]
    var clock: ClockExamination

    static func of(_ url: String, asked poolLimits: Int) async throws -> DatabaseExamination {
        let pool = PostgresPool(PostgresConfiguration(url: url, applicationName: "mendloop doctor", poolSize: 1))
        do {
            let found = try await of(pool, poolLimits)
            await pool.close()
            return found
        } catch {
            await pool.close()
            throw error
        }
    }

    private static func of(_ pool: PostgresPool, _ poolLimits: Int) async throws -> DatabaseExamination {
        // The first statement connects, which takes a while.
        try await pool.ping()
        let asked = Date()
        let time = try await pool.query("SELECT extract(epoch FROM clock_timestamp())::float8 AS now")
        let answered = Date()
        let settings = try await pool.query(
            """
            SELECT current_setting('server_version_num')::bigint AS version,
                current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on' AS saves,
                current_setting('max_connections')::bigint - current_setting('superuser_reserved_connections')::bigint
                    AS connections
            """)
        let extensions = try await pool.query("SELECT extname::text AS name FROM pg_extension")
        let transactions = try await pool.query(
            """
            SELECT coalesce(nullif(application_name, ''), usename::text, 'somebody') AS who, pid::bigint AS pid,
                extract(epoch FROM now() - xact_start)::bigint AS seconds
            FROM pg_stat_activity
            WHERE datname = current_database() AND xact_start < now() - interval '1 minute' AND backend_type = 'client backend'
            ORDER BY xact_start
            """)
        guard let settings = settings.first, let time = try time.first?.get("now", as: Double.self) else {
            throw NoAnswer()
        }
        return DatabaseExamination(
            version: try settings.get("version"), extensions: Set(try extensions.map { try $0.get("name") }),
            savesOnFall: try settings.get("saves"), mostConnections: try settings.get("connections"),
            poolLimits: poolLimits,
            longTransactions: try transactions.map {
                (
                    "\(try $0.get("who", as: String.self)) (pid \(try $0.get("pid", as: Int.self)))",
                    try $0.get("seconds")
                )
            },
            clock: ClockExamination("PostgreSQL", said: time, asked: asked, answered: answered))
    }

    private struct NoAnswer: Error {}

    var findings: [DoctorReport.Finding] {
        [versionFinding] + extensionFindings + [safety, connections] + transactions + [clock.finding]
    }

    private var versionFinding: DoctorReport.Finding {
        let text = "PostgreSQL \(version / 10_000).\(version % 10_000)"
        guard version >= 150_000 else {
            return .wrong("database", "\(text) is too old", "Mendloop needs 15 or later: upgrade it (pg_upgrade)")
        }
        return .well("database", text)
    }

    private var extensionFindings: [DoctorReport.Finding] {
        let missing = ["btree_gist", "pg_trgm"].filter { !extensions.contains($0) }
        guard !missing.isEmpty else { return [.well("database", "the extensions it needs are there")] }
        return missing.map {
            .wrong(
                "database", "the extension \($0) is missing",
                "as its administrator: CREATE EXTENSION \($0); deploy/postgres/roles.sql does it")
        }
    }

    private var safety: DoctorReport.Finding {
        savesOnFall
            ? .well("database", "what is committed survives a fall of the machine")
            : .doubtful(
                "database", "fsync or full_page_writes is off: a fall of the machine loses what was committed",
                "set both on, unless this stack is a throwaway one")
    }

    private var connections: DoctorReport.Finding {
        let text = "the services may open \(poolLimits) of \(mostConnections) connections"
        guard poolLimits > mostConnections else { return .well("database", text) }
        return .wrong(
            "database", text,
            "raise max_connections and restart it, or lower MENDLOOP_POOL_SIZE or the number of copies")
    }

    private var transactions: [DoctorReport.Finding] {
        longTransactions.map { who, seconds in
            .doubtful(
                "database", "a transaction of \(who) has been open for \(seconds) s: others may wait for its locks",
                "if nobody needs it: SELECT pg_terminate_backend(…)")
        }
    }
}
