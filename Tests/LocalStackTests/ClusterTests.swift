import AMQP
import Foundation
import LocalStack
import Postgres
import ServiceTesting
import Testing

@Suite("A stack of three brokers and a standby", .slow, .serialized)
struct ClusterTests {
    @Test(
        "what one node confirmed is on all; what the primary committed is on the standby, and nothing is asked of a former one"
    )
    func cluster() async throws {
        let stack = try LocalStack.temporary(.cluster)
        let addresses = try await stack.start()
        try await losesNode(stack, addresses.amqpURL())
        try await changesPrimary(stack, addresses.adminDatabaseURL())
        try await stack.stop()
    }

    private func losesNode(_ stack: LocalStack, _ url: String) async throws {
        let configuration = try AMQPConfiguration(url: url, connectionName: "test")
        #expect(configuration.addresses.count == 3)
        let administrator = AMQPAdministrator(configuration)
        try await administrator.declare(Topology(queues: [.quorum("kept")]))
        let declared = ContinuousClock.now
        try await eventually("the queue is on three nodes") {
            let kept = try await stack.queueMembers()["kept"]
            return kept?.leader != nil && kept?.online == 3 && kept?.members == 3
        }
        let publishers = (0..<6).map { _ in AMQPPublisher(configuration) }
        var sent = 0
        // One whose leader dies in the second of its birth may be left without a leader for ever.
        while sent < publishers.count || ContinuousClock.now < declared + .seconds(2) {
            #expect(try await publish(publishers[sent % publishers.count]) == .confirmed)
            sent += 1
        }

        let leader = try #require(try await stack.queueMembers()["kept"]?.leader)
        try await stack.brokerNode(leader).kill()
        // Those that were on it go on with another, and so does who comes anew and would have begun with it.
        for publisher in publishers + [AMQPPublisher(configuration)] {
            // A confirm that died with the leader is waited for for half a minute before the message is sent again.
            try await eventually(within: .seconds(120), "a message is confirmed") {
                try await publish(publisher) == .confirmed
            }
            sent += 1
        }
        for _ in 0..<6 {
            let another = AMQPAdministrator(configuration)
            #expect(try await another.exists(queue: "kept"))
            await another.close()
        }
        try await stack.brokerNode(leader).start()
        try await eventually(within: .seconds(60), "the node has joined again") {
            try await stack.queueMembers()["kept"]?.online == 3
        }
        let consumer = AMQPConsumer(configuration, queue: "kept", prefetch: 100)
        var taken = 0
        while taken < sent {
            let batch = try await consumer.nextBatch(limit: 100)
            taken += batch.count
            if let last = batch.last { await consumer.acknowledge(through: last) }
        }
        await consumer.close()
        for publisher in publishers { await publisher.close() }
        await administrator.close()
    }

    private func publish(_ publisher: AMQPPublisher) async throws -> PublishOutcome {
        try await publisher.publish(
            OutgoingMessage(
                exchange: "", routingKey: "kept", mandatory: true, properties: AMQPProperties(persistent: true),
                body: [1]))
    }

    private func changesPrimary(_ stack: LocalStack, _ url: String) async throws {
        let pool = pool(url)
        try await pool.execute("CREATE TABLE item (id bigint PRIMARY KEY)")
        try await pool.execute("INSERT INTO item VALUES (1)")
        try await stack.haltReplication()
        let unheard = Task { try await pool.execute("INSERT INTO item VALUES (2)") }
        try await eventually("it is written, and waits for the standby") {
            try await stack.sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'") == "1\n"
        }
        try await stack.database.kill()
        await #expect(throws: (any Error).self) { try await unheard.value }
        await #expect(throws: (any Error).self, "a standby takes no writes") { try await pool.ping() }

        try await stack.promoteStandby()
        try await eventually("the pool has found the new primary") { await name(pool) == "postgres-standby" }
        #expect(try await pool.query("SELECT id FROM item").map { try $0.get("id", as: Int.self) } == [1])

        // The former primary comes again, as if nothing had been, and stands first in the URL.
        try await stack.standby.start()
        #expect(try await stack.standbySQL("SELECT pg_is_in_recovery()") == "f\n")
        try await stack.sql(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'cluster test'")
        #expect(await name(pool) == "postgres-standby")
        let newcomer = self.pool(url)
        #expect(await name(newcomer) == "postgres-standby")
        await newcomer.close()
        try await stack.database.kill()
        let refused = await #expect(throws: PostgresError.self) { try await pool.ping() }
        #expect(refused?.message.contains("was the primary once") == true, "\(String(describing: refused))")
        #expect(refused?.isTransientDependencyFault == true)
        await pool.close()
    }

    private func pool(_ url: String) -> PostgresPool {
        PostgresPool(PostgresConfiguration(url: url, applicationName: "cluster test", poolSize: 2))
    }

    /// Which server serves it; nil while none does.
    private func name(_ pool: PostgresPool) async -> String? {
        try? await pool.query("SELECT current_setting('cluster_name') AS name").first?.get("name")
    }
}
