import AMQP
import DomainContracts
import Foundation
import Postgres
import ServiceKit
import ServiceTesting
import Testing

@Suite("A database that answers and cannot do the work")
struct UnableDatabaseTests {
    @Test("messages are held and tried again, not given back until they count as undeliverable; the metrics show it")
    func held() async throws {
        let definition = try Sample.definition()
        let site = try await TestSite.fresh(definition)
        let registry = MetricsRegistry()
        let service = try await RunningService.start(definition, on: site, metrics: registry)
        // As when its disk is full. A sequence keeps its count whatever is rolled back.
        try await site.pool.execute("CREATE SEQUENCE tries")
        try await site.pool.execute(
            """
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN PERFORM nextval('tries'); RAISE 'no space left on device' USING ERRCODE = '53100'; END $$
            """)
        try await site.pool.execute(
            "CREATE TRIGGER fail BEFORE INSERT ON tally FOR EACH ROW EXECUTE FUNCTION fail()")
        let client = try service.client()
        let command = AcceptAssignment(assignmentId: UUID(), engineerId: UUID())
        _ = try await client.send(try client.message(command, id: "held"))
        try await eventually("it was tried five times") { try await tries(site) >= 5 }
        try await eventually("the database counts as down") { isUp(registry) == false }
        await service.stop()
        // It was given back once, when the service stopped.
        let consumer = AMQPConsumer(
            try AMQPConfiguration(url: site.amqpURL, connectionName: "test"), queue: "dispatch.commands", prefetch: 1)
        let returned = try await consumer.nextBatch(limit: 1).map(\.deliveryCount)
        #expect(returned == [1])
        await consumer.close()

        try await site.pool.execute("DROP TRIGGER fail ON tally")
        let next = try await RunningService.start(definition, on: site, metrics: registry)
        _ = try await client.ask(command, id: "held")
        #expect(try await site.pool.query("SELECT 1 AS x FROM parked_message").isEmpty)
        try await eventually("the database counts as up") { isUp(registry) == true }
        await client.close()
        await next.stop()
    }

    /// Nil while nobody has looked.
    private func isUp(_ registry: MetricsRegistry) -> Bool? {
        let line = registry.prometheusText().split(separator: "\n").first { line in
            line.hasPrefix(MetricCatalog.dependencyUp + "{") && line.contains("dependency=\"database\"")
        }
        return line.map { $0.hasSuffix(" 1") }
    }

    private func tries(_ site: TestSite) async throws -> Int {
        try await site.pool.query("SELECT last_value FROM tries").first?.get("last_value") ?? 0
    }
}
