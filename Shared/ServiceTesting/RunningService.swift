import AMQP
import DomainContracts
import Foundation
import LocalStack
import Logging
import Postgres
import ServiceKit

/// A copy of a service running inside the test process, on a schema and a virtual host of its own.
public struct RunningService: Sendable {
    public let settings: ServiceSettings
    /// Sessions on the service's schema, for looking at what it stored.
    public let pool: PostgresPool
    private let task: Task<Void, any Error>

    /// Migrates a fresh schema, declares the topology on a fresh virtual host and starts the service.
    public static func start(
        _ definition: ServiceDefinition, clock: DomainClock = .real, ladder: RetryLadder = .standard
    ) async throws -> RunningService {
        let site = try await TestSite.fresh(definition)
        return try await start(definition, on: site, clock: clock, ladder: ladder)
    }

    /// Starts a copy on a site that may have others already.
    ///
    /// - Parameters:
    ///   - metrics: where it counts; nowhere if nothing is said.
    ///   - traces: the collector that it tells of spans.
    public static func start(
        _ definition: ServiceDefinition, on site: TestSite, clock: DomainClock = .real,
        ladder: RetryLadder = .standard, metrics: MetricsRegistry? = nil, traces: URL? = nil
    ) async throws -> RunningService {
        var settings = try site.settings(definition.name, clock: clock)
        settings.traceEndpoint = traces
        let host = try ServiceHost(definition, settings, ladder: ladder, metrics: metrics)
        return RunningService(
            settings: settings, pool: site.pool,
            task: Task {
                do {
                    try await host.run(takesSignals: false)
                } catch {
                    Logger(label: "test").error("service ended", metadata: ["error": "\(error)"])
                    throw error
                }
            })
    }

    /// Stops the copy as a cancelled task would be: what it held is delivered again to others.
    public func stop() async {
        task.cancel()
        _ = try? await task.value
    }

    /// A client on the service's broker.
    public func client() throws -> TestClient { try TestClient(url: settings.amqpURL) }
}

/// A schema and a virtual host, made for one service of one test.
public struct TestSite: Sendable {
    public let databaseURL: String
    public let amqpURL: String
    public let pool: PostgresPool

    public static func fresh(_ definition: ServiceDefinition) async throws -> TestSite {
        let schema = definition.name.rawValue.replacing("-", with: "_")
        let database = try await TestStack.freshDatabase()
        let url = LocalService(rawValue: definition.name.rawValue).map(database.url) ?? database.doorURL
        let site = TestSite(
            databaseURL: url, amqpURL: try await TestStack.freshVirtualHost(),
            pool: PostgresPool(
                PostgresConfiguration(url: url, applicationName: "test", poolSize: 3, searchPath: schema + ", public")))
        try await ServiceHost.migrator(definition, site.pool).migrate(logger: Logger(label: "test"))
        let administrator = AMQPAdministrator(try AMQPConfiguration(url: site.amqpURL, connectionName: "test"))
        try await MendloopTopology.apply(
            try MendloopTopology.manifest(withDoor: definition.name == .console), with: administrator)
        await administrator.close()
        return site
    }

    func settings(_ service: ServiceName, clock: DomainClock) throws -> ServiceSettings {
        var settings = try ServiceSettings(
            service: service.rawValue,
            settings: Settings(environment: [
                "MENDLOOP_AMQP_URL": amqpURL, "MENDLOOP_DATABASE_URL": databaseURL, "MENDLOOP_HTTP_PORT": "0",
                "MENDLOOP_INSTANCE": "test-\(UUID().uuidString.prefix(8))",
                "MENDLOOP_LINK_SECRET": "a secret that is long enough for tests",
            ]))
        settings.clock = clock
        return settings
    }
}

extension TestSite {
    /// The same site, its services' way to the database leading through a proxy. `pool` goes straight on.
    public func behindProxy() throws -> (TestSite, FaultProxy) {
        guard var url = URLComponents(string: databaseURL), let port = url.port.flatMap(UInt16.init) else {
            throw NoPort()
        }
        let proxy = try FaultProxy(to: port)
        url.port = Int(proxy.port)
        return (TestSite(databaseURL: url.string ?? "", amqpURL: amqpURL, pool: pool), proxy)
    }

    private struct NoPort: Error {}
}
