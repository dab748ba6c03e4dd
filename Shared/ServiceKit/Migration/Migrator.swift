import Crypto
import Logging
import Postgres

/// Brings a service's schema to what its binary needs: the kit's tables, then the service's.
///
/// Each migration is one transaction under a lock on the schema, so that any number of migrators may start at once: one
/// applies a step, the others find it applied. What was applied is recorded with its checksum in `schema_migration`.
public struct Migrator: Sendable {
    /// Where the schema stands once this binary has migrated it.
    public let known: SchemaVersion
    private let pool: PostgresPool
    private let schema: String
    private let migrations: [Migration]

    /// - Parameters:
    ///   - pool: sessions of the role that owns the schema.
    ///   - schema: exists already; made where roles are made.
    ///   - migrations: the service's, in any order.
    ///   - kit: ServiceKit's own, in any order.
    /// - Throws: ``MigrationError`` when the numbers have a gap or a file does what it may not.
    public init(
        pool: PostgresPool, schema: String, migrations: [Migration], kit: [Migration]
    ) throws(MigrationError) {
        self.pool = pool
        self.schema = schema
        self.migrations = try MigrationRules.ordered(kit + migrations)
        for migration in self.migrations { _ = try MigrationRules.check(migration) }
        known = SchemaVersion(self.migrations)
    }

    /// Applies what is missing, in order. Harmless when nothing is.
    ///
    /// - Returns: where the schema stands now.
    /// - Throws: ``MigrationError``; what was applied before the one it names stays. `PostgresError` when the server
    ///   cannot be reached.
    @discardableResult
    public func migrate(logger: Logger) async throws -> SchemaVersion {
        while let migration = try await applyNext() {
            logger.notice("migrated", metadata: ["schema": "\(schema)", "migration": "\(migration.label)"])
        }
        return known
    }

    /// Where the schema stands: 0 and 0 before the first migration.
    public func currentVersion() async throws -> SchemaVersion {
        SchemaVersion(of: try await pool.withConnection { try await recorded($0) })
    }

    /// The schema's version if it is exactly what this binary needs. For readiness.
    ///
    /// - Throws: ``MigrationError``: behind, ahead, or an applied migration that differs from this binary's.
    public func check() async throws -> SchemaVersion {
        let applied = try await pool.withConnection { try await recorded($0) }
        guard try firstMissing(given: applied) == nil else {
            throw MigrationError.behind(
                schema: schema, applied: SchemaVersion(of: applied).description, known: known.description)
        }
        return known
    }

    /// Applies the first migration that is missing, if one is, in one transaction.
    private func applyNext() async throws -> Migration? {
        try await pool.transaction { connection -> Migration? in
            try await lock(connection)
            try await connection.execute(
                """
                CREATE TABLE IF NOT EXISTS \(identifier: schema).schema_migration (
                    series text NOT NULL CHECK (series IN ('K', 'V')),
                    version integer NOT NULL CHECK (version > 0),
                    name text NOT NULL,
                    checksum text NOT NULL,
                    applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                    PRIMARY KEY (series, version)
                )
                """)
            guard let next = try firstMissing(given: try await recorded(connection)) else { return nil }
            let sql = try MigrationRules.check(next)
            do {
                try await connection.script(sql)
            } catch let error as PostgresError where !error.isTransientDependencyFault {
                throw MigrationError.failed(migration: next.label, reason: error.description)
            }
            try await connection.execute(
                """
                INSERT INTO \(identifier: schema).schema_migration (series, version, name, checksum)
                VALUES (\(next.series.rawValue), \(next.version), \(next.name), \(next.checksum))
                """)
            return next
        }
    }

    /// Waits for other migrators of this schema, and sets the transaction up: names are looked up in the schema first; a
    /// step may take its time, but does not wait long for a lock, behind which running copies would queue.
    private func lock(_ connection: PostgresConnection) async throws {
        let rows = try await connection.query(
            "SELECT true AS may FROM pg_namespace WHERE nspname = \(schema) AND has_schema_privilege(oid, 'CREATE')")
        guard !rows.isEmpty else { throw MigrationError.schemaMissing(schema) }
        try await connection.script("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '5min'")
        // A script, because the client gives up on a silent query long before a slow migration of another is done.
        try await connection.script("SELECT pg_advisory_xact_lock(\(lockKey))")
        try await connection.script("SET LOCAL lock_timeout = '10s'; SET LOCAL client_min_messages = warning")
        try await connection.execute("SET LOCAL search_path TO \(identifier: schema), public")
    }

    /// The same for all migrators of this schema; others use other locks.
    private var lockKey: Int64 {
        let digest = SHA256.hash(data: Array("mendloop migrate \(schema)".utf8))
        return digest.prefix(8).reduce(Int64(0)) { $0 << 8 | Int64($1) }
    }

    private func recorded(_ connection: PostgresConnection) async throws -> [AppliedMigration] {
        let table = try await connection.query(
            "SELECT 1 AS one FROM pg_tables WHERE schemaname = \(schema) AND tablename = 'schema_migration'")
        guard !table.isEmpty else { return [] }
        let rows = try await connection.query(
            """
            SELECT series, version, name, checksum FROM \(identifier: schema).schema_migration
            ORDER BY series, version
            """)
        return try rows.map(AppliedMigration.init)
    }

    /// The first of this binary's migrations that is not applied.
    ///
    /// - Throws: ``MigrationError`` when what is applied is not a beginning of what this binary knows.
    private func firstMissing(given applied: [AppliedMigration]) throws(MigrationError) -> Migration? {
        let version = SchemaVersion(of: applied)
        guard version.kit <= known.kit, version.service <= known.service else {
            throw .ahead(schema: schema, applied: version.description, known: known.description)
        }
        for migration in migrations {
            guard let same = applied.first(where: { $0.series == migration.series && $0.version == migration.version })
            else { return migration }
            guard same.name == migration.name, same.checksum == migration.checksum else {
                throw .edited(migration: migration.label, applied: same.label)
            }
        }
        return nil
    }
}

/// A row of `schema_migration`.
struct AppliedMigration: Sendable {
    let series: Migration.Series
    let version: Int
    let name: String
    let checksum: String

    init(_ row: PostgresRow) throws {
        let letter: String = try row.get("series")
        guard let series = Migration.Series(rawValue: letter) else { throw MigrationError.badFileName(letter) }
        self.series = series
        version = try row.get("version", as: Int.self)
        name = try row.get("name")
        checksum = try row.get("checksum")
    }

    var label: String { Migration.label(series, version) + "_" + name }
}

extension SchemaVersion {
    init(of applied: [AppliedMigration]) {
        self.init(kit: 0, service: 0)
        for migration in applied { raise(migration.series, to: migration.version) }
    }
}
