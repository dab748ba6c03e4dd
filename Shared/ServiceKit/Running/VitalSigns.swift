import AMQP
import Foundation
import Postgres
import ServiceLifecycle

/// Looks every few seconds at what the service needs and shows it as gauges; also while the schema is still waited for.
struct VitalSigns: Service {
    let copy: String
    let pool: PostgresPool
    /// The process's other pools, by name.
    var otherPools: [String: PostgresPool] = [:]
    let migrator: Migrator
    let consumers: [AMQPConsumer]
    let publisher: AMQPPublisher
    let meter: ServiceMeter
    let strain: DatabaseStrain

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                show(pool, as: "service")
                for (name, pool) in otherPools { show(pool, as: name) }
                meter.show(MetricCatalog.brokerBlocked, await publisher.isBlocked ? 1 : 0)
                await dependencies()
                try? await Task.sleep(for: .seconds(5))
            }
        }
    }

    private func show(_ pool: PostgresPool, as name: String) {
        let (now, place) = (pool.statistics, [("pool", name)])
        meter.show(MetricCatalog.poolConnections, now.idle, place + [("state", "idle")])
        meter.show(MetricCatalog.poolConnections, now.open - now.idle, place + [("state", "busy")])
        meter.show(MetricCatalog.poolLimit, pool.configuration.poolSize, place)
        meter.show(MetricCatalog.poolWaiting, now.waiting, place)
    }

    private func dependencies() async {
        let database = await HealthCheck("database") {
            try await pool.ping()
            return nil
        }.run()
        show("database", isUp: database.status == .ok && !strain.isFelt)
        guard database.status == .ok else { return }
        guard let version = try? await migrator.check() else { return show("schema", isUp: false) }
        show("schema", isUp: true)
        meter.show(MetricCatalog.serviceInfo, 1, [("copy", copy), ("schema", version.description)])
        // Consumers begin once the schema is right.
        var isConnected = true
        for consumer in consumers where await !consumer.isConnected { isConnected = false }
        show("broker", isUp: isConnected)
    }

    private func show(_ dependency: String, isUp: Bool) {
        meter.show(MetricCatalog.dependencyUp, isUp ? 1 : 0, [("dependency", dependency)])
    }
}
