import ArgumentParser
import Foundation
import LocalStack
import Postgres
import ServiceKit

/// All schemas of a database, written by pg_dump in one snapshot: whatever happens meanwhile is in none of them.
struct DatabaseDump: Sendable {
    let access: DatabaseAccess

    /// Writes it.
    ///
    /// - Returns: how many rows each table has in it.
    func write(to file: URL) async throws -> [String: Int] {
        let connection = access.connection()
        try await connection.connect()
        do {
            let rows = try await connection.transaction { connection in
                _ = try await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                let snapshot: String? = try await connection.query("SELECT pg_export_snapshot() AS id").first?.get("id")
                try await dump(of: snapshot ?? "", to: file)
                return try await Self.count(on: connection)
            }
            await connection.close()
            return rows
        } catch {
            await connection.close()
            throw error
        }
    }

    private func dump(of snapshot: String, to file: URL) async throws {
        let schemas = BackupSite.schemas.map { "--schema=\($0)" }
        try await access.run(
            "pg_dump", ["--format=custom", "--snapshot=\(snapshot)", "--file=\(file.path)"] + schemas)
    }

    private static func count(on connection: PostgresConnection) async throws -> [String: Int] {
        let tables = try await connection.query(
            """
            SELECT schemaname::text AS schema, tablename::text AS name FROM pg_tables
            WHERE schemaname = ANY(\(BackupSite.schemas))
            """
        ).map { (schema: try $0.get("schema", as: String.self), name: try $0.get("name", as: String.self)) }
        let isOld = try await connection.query(
            """
            SELECT 1 AS one FROM pg_tables AS t WHERE schemaname = ANY(\(BackupSite.schemas)) AND tablename = 'event_log'
                AND NOT EXISTS (SELECT FROM information_schema.columns AS c
                    WHERE (c.table_schema, c.table_name, c.column_name) = (t.schemaname, t.tablename, 'told_at'))
            """)
        guard isOld.isEmpty else {
            throw ValidationError(
                "the schemas are of a release before backups: ./mendloop migrate first, or save them with pg_dump")
        }
        guard !tables.isEmpty else {
            throw ValidationError("the database holds nothing of Mendloop: ./mendloop migrate")
        }
        var rows: [String: Int] = [:]
        for (schema, name) in tables {
            rows["\(schema).\(name)"] = try await connection.query(
                "SELECT count(*) AS rows FROM \(identifier: schema).\(identifier: name)"
            ).first?.get("rows")
        }
        return rows
    }
}

/// The way into a database for its administrator.
struct DatabaseAccess: Sendable {
    let url: String

    func connection() -> PostgresConnection {
        PostgresConnection(
            PostgresConfiguration(
                url: url, applicationName: "mendloop backup", statementTimeout: .zero,
                idleInTransactionTimeout: .zero))
    }

    /// Looks at something on a connection of its own.
    func look<Answer>(_ look: (PostgresConnection) async throws -> Answer) async throws -> Answer {
        let connection = connection()
        try await connection.connect()
        do {
            let answer = try await look(connection)
            await connection.close()
            return answer
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Runs one of PostgreSQL's programs on it.
    func run(_ program: String, _ arguments: [String]) async throws {
        let (place, environment) = try parted()
        try await Command(
            arguments: [try DatabaseProgram.path(program), "--dbname=\(place)"] + arguments, environment: environment
        ).run()
    }

    /// The address without its password, which every user of the machine could read among a program's arguments.
    func parted() throws -> (place: String, environment: [String: String]) {
        guard let address = ServerURL(url), url.hasPrefix("postgres") else {
            throw ValidationError(
                "MENDLOOP_DATABASE_URL must be an address: postgresql://USER:PASSWORD@HOST:PORT/DATABASE")
        }
        var environment = Command.plainEnvironment
        environment["PGPASSWORD"] = address.plainPassword
        // Of several servers, only the one that takes writes.
        environment["PGTARGETSESSIONATTRS"] = "read-write"
        return (address.with(password: nil).text, environment)
    }
}
