import Logging
import Postgres
import ServiceTesting
import Testing

@testable import ServiceKit

@Suite("The migrator")
struct MigratorTests {
    private let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    private let kit = "CREATE TABLE inbox (id uuid PRIMARY KEY)"
    private let first = "CREATE TABLE visit (id uuid PRIMARY KEY); CREATE TABLE part (id int PRIMARY KEY);"
    private let second = "ALTER TABLE visit ADD COLUMN note text; INSERT INTO part VALUES (1);"

    private func onFreshSchema(_ body: (PostgresPool) async throws -> Void) async throws {
        let url = try await TestStack.freshSchema(.fieldService)
        let pool = PostgresPool(PostgresConfiguration(url: url, applicationName: "migrator test"))
        do {
            try await body(pool)
            await pool.close()
        } catch {
            await pool.close()
            throw error
        }
    }

    private func migrator(_ pool: PostgresPool, _ files: String..., schema: String = "field_service") throws -> Migrator
    {
        try Migrator(
            pool: pool, schema: schema,
            migrations: files.enumerated().map {
                try Migration(file: "V000\($0.offset + 1)_step.sql", sql: Array($0.element.utf8))
            }, kit: [Migration(file: "K0001_kit.sql", sql: Array(kit.utf8))])
    }

    @Test("an empty schema gets the kit's tables and then the service's; a second run changes nothing")
    func fromNothing() async throws {
        try await onFreshSchema { pool in
            let migrator = try migrator(pool, first, second)
            #expect(try await migrator.currentVersion() == SchemaVersion(kit: 0, service: 0))
            #expect(try await migrator.migrate(logger: logger) == SchemaVersion(kit: 1, service: 2))
            #expect(try await migrator.migrate(logger: logger).description == "K0001 V0002")
            #expect(try await migrator.currentVersion() == migrator.known)
            #expect(try await migrator.check() == migrator.known)
            let tables = try await pool.query(
                "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'field_service' ORDER BY 1")
            #expect(
                try tables.map { try $0.get("name", as: String.self) } == [
                    "inbox", "part", "schema_migration", "visit",
                ])
            let rows = try await pool.query("SELECT count(*)::int AS n FROM part")
            #expect(try rows.first?.get("n", as: Int.self) == 1)
        }
    }

    @Test("a newer binary applies only what is new, and an older one says that the schema is ahead")
    func newerAndOlder() async throws {
        try await onFreshSchema { pool in
            let old = try migrator(pool, first)
            try await old.migrate(logger: logger)
            let new = try migrator(pool, first, second)
            await #expect(
                throws: MigrationError.behind(schema: "field_service", applied: "K0001 V0001", known: "K0001 V0002")
            ) { try await new.check() }
            try await new.migrate(logger: logger)
            let ahead = MigrationError.ahead(schema: "field_service", applied: "K0001 V0002", known: "K0001 V0001")
            await #expect(throws: ahead) { try await old.migrate(logger: logger) }
            await #expect(throws: ahead) { try await old.check() }
            #expect(ahead.description.contains("V0002") && ahead.description.contains("V0001"))
        }
    }

    @Test("several migrators at once apply each step once")
    func together() async throws {
        try await onFreshSchema { pool in
            let migrators = try (0..<5).map { _ in try migrator(pool, first, second) }
            try await withThrowingTaskGroup(of: SchemaVersion.self) { group in
                for migrator in migrators { group.addTask { try await migrator.migrate(logger: logger) } }
                for try await version in group { #expect(version == SchemaVersion(kit: 1, service: 2)) }
            }
            // The second step is not repeatable: a second application would have failed on its primary key.
            let rows = try await pool.query("SELECT count(*)::int AS n FROM schema_migration")
            #expect(try rows.first?.get("n", as: Int.self) == 3)
        }
    }

    @Test("a migration that was applied and then edited is an error that names it")
    func edited() async throws {
        try await onFreshSchema { pool in
            try await migrator(pool, first).migrate(logger: logger)
            let changed = try migrator(pool, first + " ", second)
            let error = MigrationError.edited(migration: "V0001_step", applied: "V0001_step")
            await #expect(throws: error) { try await changed.migrate(logger: logger) }
            await #expect(throws: error) { try await changed.check() }
        }
    }

    @Test("a step that fails leaves nothing of itself, and the steps before it stay")
    func failing() async throws {
        try await onFreshSchema { pool in
            let broken = try migrator(pool, first, "CREATE TABLE half (id int); SELECT 1 / 0;")
            let error = await #expect(throws: MigrationError.self) { try await broken.migrate(logger: logger) }
            #expect(error?.description.contains("V0002_step") == true)
            #expect(error?.description.contains("division by zero") == true)
            #expect(try await broken.currentVersion() == SchemaVersion(kit: 1, service: 1))
            let half = try await pool.query("SELECT 1 AS one FROM pg_tables WHERE tablename = 'half'")
            #expect(half.isEmpty)
            #expect(try await migrator(pool, first, second).migrate(logger: logger).service == 2)
        }
    }

    @Test("a schema that is not there, or another's, is an error that names it")
    func foreignSchema() async throws {
        try await onFreshSchema { pool in
            for schema in ["nowhere", "billing"] {
                let migrator = try migrator(pool, first, schema: schema)
                await #expect(throws: MigrationError.schemaMissing(schema)) {
                    try await migrator.migrate(logger: logger)
                }
            }
        }
    }

    @Test("a file that takes something away is refused before anything is applied")
    func destructive() async throws {
        try await onFreshSchema { pool in
            #expect(throws: MigrationError.self) { try migrator(pool, first, "DROP TABLE visit") }
            let tables = try await pool.query("SELECT 1 AS one FROM pg_tables WHERE schemaname = 'field_service'")
            #expect(tables.isEmpty)
        }
    }
}
