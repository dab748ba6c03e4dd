import LocalStack
import ServiceTesting
import Testing

/// Three nodes of the broker, and a database whose commits wait for its standby.
@Suite("The closed loop on a cluster", .slow, .serialized)
struct ClusterJourneyTests {
    @Test(
        "a queue's leader dies, a minority is cut off for 25 s, the standby is promoted: nothing is lost, nothing done twice"
    )
    func survives() async throws {
        let seed: UInt64 = 15
        let installation = try await Installation.start(.cluster)
        try await isWhole(installation.stack)
        let recorded = try await installation.record()
        let count = TestTier.current == .soak ? 400 : 60
        let load = Load.start(try installation.configuration(count: count, seed: seed))
        do {
            try await load.reaches(0.15)
            try await killLeader(of: "intake.events", installation.stack, load)
            try await load.reaches(0.4)
            try await cutOffLeader(of: "field-service.commands", installation.stack, load)
            try await load.reaches(0.65)
            #expect(load.isRunning, "the failover came too late to matter")
            try await failOver(installation)
        } catch {
            load.cancel()
            throw error
        }
        let result = try await load.result()
        #expect(result.differences == [], "seed \(seed)")
        #expect(result.isComplete, "seed \(seed), unfinished: \(result.unfinished)")

        let before = try await installation.totals()
        #expect(try await recorded.publishAgain(seed: seed) > count)
        try await installation.drains()
        #expect(try await installation.totals() == before, "seed \(seed)")
        try await isWhole(installation.stack)
        #expect(try await streamMembers(installation.stack) == 3)
        try await installation.stop()
    }

    /// The node that leads, another one than the former: nobody does while the others elect one.
    private func leader(of queue: String, _ stack: LocalStack, after former: Int? = nil) async throws -> Int {
        try await eventually(within: .seconds(60), "somebody leads \(queue)") {
            let leader = try await stack.queueMembers()[queue]?.leader
            return leader == former ? nil : leader
        }
    }

    /// Work goes on while the node is dead, and it comes back to all that it keeps.
    private func killLeader(of queue: String, _ stack: LocalStack, _ load: Load) async throws {
        let leader = try await leader(of: queue, stack)
        try await stack.brokerNode(leader).kill()
        try await load.reaches(0.3)
        _ = try await self.leader(of: queue, stack, after: leader)
        try await stack.brokerNode(leader).start()
        try await isWhole(stack)
    }

    /// The others go on without it; what it took meanwhile is nowhere confirmed.
    private func cutOffLeader(of queue: String, _ stack: LocalStack, _ load: Load) async throws {
        let minority = try await leader(of: queue, stack)
        let partition = try await Partition.cut(minority, of: stack)
        async let held: Void = holdFault(for: .seconds(25))
        try await load.reaches(0.5)
        try await held
        try await partition.heal()
        try await isWhole(stack)
    }

    /// What is committed in the last three seconds reaches the standby late or never: whoever had been told that it was
    /// committed would have been told wrong. Then somebody makes the usual mistake and starts the former primary again.
    private func failOver(_ installation: Installation) async throws {
        let stack = installation.stack
        try await stack.haltReplication()
        try await holdFault(for: .seconds(3))
        try await stack.database.kill()
        try await stack.promoteStandby()
        try await stack.standby.start()
        // Of a copy that comes now, the first address leads to the former primary.
        try await installation.services.kill(.billing)
        try await installation.services.start(.billing)
        let sessions = "SELECT DISTINCT application_name FROM pg_stat_activity WHERE application_name LIKE '%-1'"
        #expect(try await stack.standbySQL(sessions) == "")
        #expect(try await stack.sql(sessions).contains("billing billing-1"))
    }

    /// How many members of billing's stream are there.
    private func streamMembers(_ stack: LocalStack) async throws -> Int? {
        let queues = try await stack.rabbitmqctl(
            "--quiet", "list_queues", "-p", StackAddresses.mainName, "name", "online", "--no-table-headers")
        let row = queues.split(separator: "\n").first { $0.hasPrefix("mendloop.billing.log\t") }
        return row?.split(separator: ",").count
    }

    /// Every quorum queue is on all three nodes, and each of them is there.
    private func isWhole(_ stack: LocalStack) async throws {
        var seen = "nothing"
        do {
            try await eventually(within: .seconds(120), "every queue has its three members") {
                do {
                    let queues = try await stack.queueMembers()
                    let broken = queues.filter { $1.leader == nil || $1.members != 3 || $1.online != 3 }
                    seen = "\(queues.count) queues, of which not whole: \(broken)"
                    return queues.count >= 18 && broken.isEmpty
                } catch {
                    // A node that has just come back may not know yet.
                    seen = "\(error)"
                    return false
                }
            }
        } catch {
            let nodes = try stack.brokerNodes().map { "node \($0.number):\n\(try stack.lastWords(of: $0))" }
            Issue.record("at last there was: \(seen)\n\(nodes.joined(separator: "\n"))")
            throw error
        }
    }
}
