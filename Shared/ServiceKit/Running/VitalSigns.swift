import AMQP
import Foundation
import Postgres
import ServiceLifecycle

/// Looks every few seconds at what the service needs and shows it as gauges; also while the schema is still waited for.
struct VitalSigns: Service {
    let copy: String
    let pool: PostgresPool
    let migrator: Migrator
    let consumers: [AMQPConsumer]
    let publisher: AMQPPublisher
    let meter: ServiceMeter

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let pool = pool.statistics
                meter.show(
                    MetricCatalog.poolConnections, by: "state",
                    ["idle": Double(pool.idle), "busy": Double(pool.open - pool.idle)])
                meter.show(MetricCatalog.poolLimit, self.pool.configuration.poolSize)
                meter.show(MetricCatalog.poolWaiting, pool.waiting)
                meter.show(MetricCatalog.brokerBlocked, await publisher.isBlocked ? 1 : 0)
                await dependencies()
                try? await Task.sleep(for: .seconds(5))
            }
        }
    }

    private func dependencies() async {
        let database = await HealthCheck("database") {
            try await pool.ping()
            return nil
        }.run()
        show("database", isUp: database.status == .ok)
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
