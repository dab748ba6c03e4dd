import AMQP
import DomainContracts
import Foundation
import Logging
import Postgres
import ServiceLifecycle

/// One running copy of a service: every loop, wired together. Tests start it in-process; `ServiceRunner` in a process
/// of its own.
package struct ServiceHost: Sendable {
    private let settings: ServiceSettings
    private let pool: PostgresPool
    private let publisher: AMQPPublisher
    private let parts: [any Service]
    private let logger: Logger

    /// - Parameters:
    ///   - front: what people talk to: stopped after health, before everything else.
    ///   - checks: what it needs beside database and broker.
    ///   - otherPools: further pools of the process, by the name that their metrics have; they are not closed here.
    ///   - needsDatabase: whether it is of no use, and so not ready, while the database is away.
    package init(
        _ definition: ServiceDefinition, _ settings: ServiceSettings, ladder: RetryLadder = .standard,
        metrics: MetricsRegistry? = nil, front: [any Service] = [], otherPools: [String: PostgresPool] = [:],
        checks: [HealthCheck] = [], needsDatabase: Bool = true
    ) throws {
        var definition = definition
        definition.addDeadLetterDesk()
        let name = definition.name
        let logger = Logger(label: name.rawValue)
        let pool = Self.pool(settings, size: settings.poolSize)
        let migrator = try Self.migrator(definition, pool)
        let topology = try ServiceTopology(of: name)
        let meter =
            metrics.map { ServiceMeter(service: name, factory: PrometheusMetricsFactory(registry: $0)) }
            ?? ServiceMeter(service: name)
        meter.expect(definition)
        let traces = settings.traceEndpoint.map {
            SpanExporter(endpoint: $0, service: name.rawValue, instance: settings.instance, logger: logger)
        }
        let wakeups = Wakeups(workers: definition.workers)
        let strain = DatabaseStrain()
        let watch = DependencyWatch(pool: pool, logger: logger, strain: strain)
        let publisher = AMQPPublisher(try Self.broker(settings, "publish"))
        let processor = BatchProcessor(
            definition: definition, pool: pool, clock: settings.clock, ids: .v7,
            parking: ParkingLot(ladder: ladder), wakeups: wakeups, logger: logger, meter: meter, traces: traces)
        let replies = ReplySender(
            publisher: publisher, service: name, ids: .v7, clock: settings.clock, logger: logger)
        let gate = SchemaGate(migrator: migrator, logger: logger)
        func consumer(_ queue: String, isDurable: Bool = true, prefetch: Int) throws -> AMQPConsumer {
            AMQPConsumer(try Self.broker(settings, queue), queue: queue, isDurable: isDurable, prefetch: prefetch)
        }
        func lease(_ what: String) -> Lease { Lease(name: what, holder: settings.instance, term: .seconds(5)) }
        let commands = try consumer(topology.commandQueue, prefetch: settings.prefetch)
        let events = try consumer(topology.eventQueue, prefetch: settings.prefetch)

        // Stopped from the last to the first: HTTP, then what takes work in, then what carries it out.
        var parts: [any Service] = [traces].compactMap(\.self)
        parts += [
            Gated(
                gate: gate,
                part: OutboxRelay(
                    pool: pool, publisher: publisher, lease: lease("outbox"), wakeup: wakeups.relay, watch: watch,
                    meter: meter, traces: traces, boundKeys: EventBindings.heard, batch: 500)),
            ReplyPart(replies: replies),
            Gated(
                gate: gate,
                part: Housekeeping(
                    pool: pool, meter: meter, figures: definition.figures, clock: settings.clock,
                    retentionDays: settings.inboxRetentionDays, logger: logger)),
            VitalSigns(
                copy: settings.instance, pool: pool, otherPools: otherPools, migrator: migrator,
                consumers: [commands, events],
                publisher: publisher, meter: meter, strain: strain),
            Gated(
                gate: gate,
                part: ParkedRunner(processor: processor, replies: replies, wakeup: wakeups.parked, watch: watch)),
            Gated(gate: gate, part: TimerRunner(processor: processor, wakeup: wakeups.timers, watch: watch)),
        ]
        for (worker, wakeup) in zip(definition.workers, wakeups.workers.map(\.wakeup)) {
            parts.append(
                Gated(
                    gate: gate,
                    part: WorkerRunner(
                        worker: worker, processor: processor, lease: lease("worker/\(worker.name)"),
                        wakeup: wakeup, watch: watch)))
        }
        parts.append(
            Gated(
                gate: gate,
                part: DeadLetterKeeper(
                    consumer: try consumer(topology.deadQueue, prefetch: 20), processor: processor, watch: watch)))
        for inbox in [commands, events] {
            parts.append(
                Gated(
                    gate: gate,
                    part: InboxConsumer(
                        consumer: inbox, processor: processor, replies: replies, watch: watch,
                        limit: settings.prefetch)))
        }
        // What a copy cannot answer at once is left to others.
        let queries = max(1, min(4, settings.poolSize - 2))
        parts.append(
            Gated(
                gate: gate,
                part: QueryResponder(
                    consumer: try consumer(topology.queryQueue, isDurable: false, prefetch: queries),
                    processor: processor,
                    replies: replies, watch: watch, redeclare: Self.redeclaration(of: topology.transient, settings),
                    most: queries)))
        parts += front
        if let metrics {
            parts.append(
                try HealthServer(
                    settings,
                    checks: checks
                        + Self.checks(pool, migrator, [commands, events], needsDatabase: needsDatabase),
                    metrics: metrics, logger: logger))
        }
        self.settings = settings
        self.pool = pool
        self.publisher = publisher
        self.parts = parts
        self.logger = logger
    }

    /// Runs until a termination signal, or until the task is cancelled where signals are not taken.
    package func run(takesSignals: Bool = true) async throws {
        logger.notice("started", metadata: ["instance": "\(settings.instance)"])
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: parts.map { .init(service: $0) },
                gracefulShutdownSignals: takesSignals ? [.sigterm, .sigint] : [],
                logger: logger))
        do {
            try await group.run()
        } catch {
            await close()
            throw error
        }
        await close()
        logger.notice("stopped")
    }

    private func close() async {
        await publisher.close()
        await pool.close()
    }

    package static func pool(_ settings: ServiceSettings, size: Int) -> PostgresPool {
        PostgresPool(
            PostgresConfiguration(
                url: settings.databaseURL, applicationName: "\(settings.service) \(settings.instance)", poolSize: size,
                searchPath: schema(of: settings.service) + ", public"))
    }

    package static func migrator(_ definition: ServiceDefinition, _ pool: PostgresPool) throws -> Migrator {
        try Migrator(
            pool: pool, schema: schema(of: definition.name.rawValue), migrations: definition.migrations,
            kit: [
                try Migration(file: "K0001_kit.sql", sql: PackageResources.K0001_kit_sql),
                try Migration(file: "K0002_event_log.sql", sql: PackageResources.K0002_event_log_sql),
                try Migration(file: "K0003_restore.sql", sql: PackageResources.K0003_restore_sql),
                try Migration(file: "K0004_heard_erasure.sql", sql: PackageResources.K0004_heard_erasure_sql),
                try Migration(file: "K0005_closed_book.sql", sql: PackageResources.K0005_closed_book_sql),
                try Migration(file: "K0006_early_attempts.sql", sql: PackageResources.K0006_early_attempts_sql),
            ])
    }

    private static func schema(of service: String) -> String { service.replacing("-", with: "_") }

    private static func broker(_ settings: ServiceSettings, _ purpose: String) throws -> AMQPConfiguration {
        try AMQPConfiguration(url: settings.amqpURL, connectionName: "\(settings.instance) \(purpose)")
    }

    private static func redeclaration(
        of queues: Topology, _ settings: ServiceSettings
    ) -> @Sendable () async throws -> Void {
        {
            let administrator = AMQPAdministrator(try broker(settings, "declare"))
            try await administrator.declare(queues)
            await administrator.close()
        }
    }

    /// Consumers begin once the schema is right, so a service that can do without it brings its own way to the broker, and its
    /// own check of it.
    private static func checks(
        _ pool: PostgresPool, _ migrator: Migrator, _ consumers: [AMQPConsumer], needsDatabase: Bool
    ) -> [HealthCheck] {
        [
            HealthCheck("database", asking: pool.configuration.server, isVital: needsDatabase) {
                try await pool.ping()
                return nil
            },
            HealthCheck(needsDatabase ? "broker" : "consumers", isVital: needsDatabase) {
                for consumer in consumers where await !consumer.isConnected {
                    throw await consumer.lastError ?? AMQPError.notConnected
                }
                return nil
            },
            HealthCheck("migration", isVital: needsDatabase) { try await migrator.check().description },
        ]
    }
}
