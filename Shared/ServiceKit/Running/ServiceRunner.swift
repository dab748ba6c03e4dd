import AMQP
import DomainContracts
import Foundation
import Logging
import Postgres
import ServiceLifecycle

/// The `main` of every service: `run` (the default), `migrate`, `health`.
public enum ServiceRunner {
    /// Does what the first argument says and ends the process with 0, or with 1 and the reason on standard error.
    public static func main(
        _ service: ServiceName, _ definition: @Sendable (ServiceSettings) throws -> ServiceDefinition
    ) async {
        do {
            let verb = CommandLine.arguments.dropFirst().first ?? "run"
            switch verb {
            case "run": try await run(try settings(service), definition)
            case "migrate": try await migrate(try settings(service), definition)
            case "health": leave(try await ServiceProbe(service: service.rawValue).exitCode())
            default: throw UnknownVerb(service: service.rawValue, verb: verb)
            }
        } catch {
            FileHandle.standardError.write(Data("\(service.rawValue): \(error)\n".utf8))
            leave(1)
        }
        leave(0)
    }

    /// Ends the process without exit handlers. OpenSSL's clears away what threads whose connections were just closed still use
    /// while they end: they crash, and a migration that went well is told as failed.
    package static func leave(_ code: Int32) -> Never {
        fflush(nil)
        _exit(code)
    }

    private static func settings(_ service: ServiceName) throws -> ServiceSettings {
        let settings = try ServiceSettings(service: service.rawValue)
        ServiceLogging.bootstrap(settings)
        return settings
    }

    private static func run(
        _ settings: ServiceSettings, _ definition: @Sendable (ServiceSettings) throws -> ServiceDefinition
    ) async throws {
        // First, so that what the definition makes counts too.
        let metrics = PrometheusMetricsFactory.bootstrap()
        let host = try ServiceHost(try definition(settings), settings, metrics: metrics)
        try await host.run()
    }

    /// Brings the schema to this program's version, then declares the whole topology, every service's part of it: an
    /// event published before its consumer's queue exists would be lost in silence.
    package static func migrate(
        _ settings: ServiceSettings, _ definition: @Sendable (ServiceSettings) throws -> ServiceDefinition
    ) async throws {
        let logger = Logger(label: "migrate")
        let pool = ServiceHost.pool(settings, size: 2)
        let definition = try definition(settings)
        let version = try await ServiceHost.migrator(definition, pool).migrate(logger: logger)
        await pool.close()
        let administrator = AMQPAdministrator(
            try AMQPConfiguration(url: settings.amqpURL, connectionName: "\(settings.service) migrate"))
        try await MendloopTopology.apply(
            try MendloopTopology.manifest(withDoor: definition.name == .console), with: administrator)
        await administrator.close()
        logger.notice("ready", metadata: ["schema": "\(settings.service)", "version": "\(version)"])
    }

    struct UnknownVerb: Error, CustomStringConvertible {
        let service: String
        let verb: String
        var description: String { "“\(verb)” is no verb of \(service); expected run, migrate or health" }
    }
}
