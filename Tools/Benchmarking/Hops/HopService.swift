import DomainContracts
import Foundation
import LocalStack
import Logging
import Postgres
import ServiceKit

/// What a hop changes.
struct WorkPile: Aggregate {
    static let table = "bench_pile"
    var count = 0
    var total = 0
}

/// A service of one handler, run by ServiceKit as the six are: inbox, history and outbox in one transaction, then the
/// relay.
struct HopService: Sendable {
    private let definition: ServiceDefinition
    private let settings: ServiceSettings

    /// - Parameter register: gives the service its handler.
    init(
        _ name: ServiceName, _ site: BenchSite, _ register: (inout ServiceDefinition) -> Void
    ) throws {
        var definition = ServiceDefinition(
            name, migrations: [try Migration(file: "V0001_bench.sql", sql: Array(Self.schema.utf8))])
        register(&definition)
        self.definition = definition
        guard let role = LocalService(rawValue: name.rawValue) else { throw NoRole(service: name.rawValue) }
        settings = try ServiceSettings(
            service: name.rawValue,
            settings: Settings(environment: [
                "MENDLOOP_AMQP_URL": site.amqpURL,
                "MENDLOOP_DATABASE_URL": site.addresses.databaseURL(role, database: site.name),
                "MENDLOOP_INSTANCE": "bench", "MENDLOOP_LINK_SECRET": "no link is ever signed in this service",
            ]))
    }

    func migrate() async throws {
        let pool = PostgresPool(
            PostgresConfiguration(
                url: settings.databaseURL, applicationName: "bench", poolSize: 1,
                searchPath: "\(definition.name.rawValue.replacing("-", with: "_")), public"))
        do {
            try await ServiceHost.migrator(definition, pool).migrate(logger: Logger(label: "bench"))
        } catch {
            await pool.close()
            throw error
        }
        await pool.close()
    }

    /// Runs until `body` has returned.
    func run<Result: Sendable>(while body: @Sendable () async throws -> Result) async throws -> Result {
        let host = try ServiceHost(definition, settings)
        let task = Task { try await host.run(takesSignals: false) }
        do {
            let result = try await body()
            task.cancel()
            _ = await task.result
            return result
        } catch {
            task.cancel()
            _ = await task.result
            throw error
        }
    }

    private struct NoRole: Error { let service: String }

    private static let schema = """
        CREATE TABLE bench_pile (id uuid PRIMARY KEY, version bigint NOT NULL, state jsonb NOT NULL);
        INSERT INTO bench_pile (id, version, state)
        SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 1, '{"count": 0, "total": 0}'
        FROM generate_series(0, \(HopMessages.things - 1)) AS n;
        """
}
