import Foundation

extension DatabaseServer {
    /// Makes what a new server lacks: the template with the services' roles, schemas and extensions, and the main
    /// database. Safe to repeat; roles get the passwords of `credentials` again.
    func prepareDatabases() async throws {
        let exists = """
            SELECT format('CREATE DATABASE %I', name) FROM (VALUES ('\(Self.template)')) AS wanted(name)
            WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = name) \\gexec
            """
        try await run(sql: exists, database: "postgres")
        let roles = String(decoding: Data(PackageResources.roles_sql), as: UTF8.self)
        try await run(sql: roles, database: Self.template)
        try await createDatabase(StackAddresses.mainName, unlessExists: true)
        // One that was made by an earlier version lacks what has come since.
        try await run(sql: roles, database: StackAddresses.mainName)
    }

    /// A new database with the services' schemas, all empty.
    func createDatabase(_ name: String, unlessExists: Bool = false) async throws {
        let condition = unlessExists ? "WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = name)" : ""
        try await run(
            sql: """
                SELECT format('CREATE DATABASE %I TEMPLATE \(Self.template)', name)
                FROM (VALUES (:'database')) AS wanted(name) \(condition) \\gexec
                """,
            database: "postgres", variables: ["database": name])
    }

    /// Runs SQL (and psql's own commands) as the administrator; returns unaligned rows without headings.
    @discardableResult
    func run(sql: String, database: String, variables: [String: String] = [:]) async throws -> String {
        var environment = Command.plainEnvironment
        environment["PGPASSWORD"] = credentials["admin"]
        for service in LocalService.allCases {
            environment[service.environmentPrefix + "_PASSWORD"] = credentials[service.role]
        }
        environment["MENDLOOP_CONSOLE_PASSWORD"] = credentials[ServiceProcesses.door]
        let arguments =
            [
                try DatabaseProgram.path("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1",
                "-p", "\(place.port)", "-U", LocalStack.administrator, "-d", database,
            ] + variables.flatMap { ["-v", "\($0.key)=\($0.value)"] }
        return try await Command(arguments: arguments, environment: environment, input: sql).run()
    }
}
