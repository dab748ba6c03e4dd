import LocalStack
import ServiceTesting
import Testing

@Suite("The shared test stack")
struct SharedTestStackTests {
    @Test("a service's role owns its own schema and has no rights on another's")
    func rolesAreApart() async throws {
        let database = try await TestStack.freshDatabase()
        let stack = try await TestStack.shared
        let rights = try await stack.sql(
            """
            SELECT r.rolname || '>' || s.nspname
            FROM pg_roles AS r CROSS JOIN pg_namespace AS s
            WHERE r.rolname IN ('intake', 'dispatch', 'field_service', 'inventory', 'billing', 'feedback')
                AND s.nspname IN ('intake', 'dispatch', 'field_service', 'inventory', 'billing', 'feedback')
                AND (has_schema_privilege(r.rolname, s.oid, 'USAGE') OR has_schema_privilege(r.rolname, s.oid, 'CREATE'))
            ORDER BY 1
            """,
            database: database.name)
        let own = LocalService.allCases.map { "\($0.role)>\($0.role)" }.sorted().joined(separator: "\n")
        #expect(rights == own + "\n")
    }

    @Test("two fresh databases have nothing in common")
    func databasesAreApart() async throws {
        let (first, second) = (try await TestStack.freshDatabase(), try await TestStack.freshDatabase())
        let stack = try await TestStack.shared
        try await stack.sql("CREATE TABLE intake.t (id int)", database: first.name)
        #expect(try await stack.sql("SELECT to_regclass('intake.t') IS NULL", database: second.name) == "t\n")
    }

    @Test("a fresh virtual host is empty and open to the stack's user")
    func virtualHosts() async throws {
        let url = try await TestStack.freshVirtualHost()
        let name = try #require(url.split(separator: "/").last)
        let stack = try await TestStack.shared
        #expect(try await stack.management("GET", "/api/queues/\(name)") == "[]")
        let queue = #"{"durable":true,"arguments":{"x-queue-type":"quorum"}}"#
        try await stack.management("PUT", "/api/queues/\(name)/q", body: queue)
    }
}
