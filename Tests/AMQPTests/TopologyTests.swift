import AMQP
import Testing

@Suite(.timeLimit(.minutes(2)))
struct TopologyTests {
    @Test("a topology is declared, again without effect, and its retired bindings go")
    func declared() async throws {
        let administrator = AMQPAdministrator(try await freshBroker())
        let old = Topology.Binding(queue: "q", exchange: "x", key: "old.#")
        var topology = Topology(
            exchanges: [.init("x", kind: .topic)],
            queues: [.quorum("q", arguments: ["x-delivery-limit": 20, "x-overflow": "reject-publish"])],
            bindings: [old, .init(queue: "q", exchange: "x", key: "new.*")])
        try await administrator.declare(topology)
        try await administrator.declare(topology)
        topology.bindings.removeFirst()
        topology.retiredBindings = [old, .init(queue: "never", exchange: "x", key: "k")]
        try await administrator.declare(topology)
        #expect(try await administrator.exists(queue: "q"))
        #expect(try await administrator.exists(exchange: "x"))
        #expect(try await !administrator.exists(queue: "never"))
        #expect(try await !administrator.exists(exchange: "never"))
        await administrator.close()
    }

    @Test("only keys whose binding was not retired are routed")
    func retired() async throws {
        let configuration = try await freshBroker()
        let administrator = AMQPAdministrator(configuration)
        let old = Topology.Binding(queue: "q", exchange: "x", key: "old.#")
        let new = Topology.Binding(queue: "q", exchange: "x", key: "new.#")
        let base = Topology(exchanges: [.init("x", kind: .topic)], queues: [.init("q")])
        var first = base
        first.bindings = [old]
        try await administrator.declare(first)
        var second = base
        second.bindings = [new]
        second.retiredBindings = [old]
        try await administrator.declare(second)
        let publisher = AMQPPublisher(configuration)
        let outcomes = try await publisher.publish(
            ["old.a", "new.a"].map { OutgoingMessage(exchange: "x", routingKey: $0, body: []) })
        #expect(outcomes == [.returned(code: 312, text: "NO_ROUTE"), .confirmed])
        await publisher.close()
        await administrator.close()
    }

    @Test("a mismatch names the queue and the argument")
    func mismatch() async throws {
        let administrator = AMQPAdministrator(try await freshBroker())
        try await administrator.declare(Topology(queues: [.init("intake.commands", arguments: ["x-max-length": 10])]))
        let error = await #expect(throws: AMQPError.self) {
            try await administrator.declare(
                Topology(queues: [.init("intake.commands", arguments: ["x-max-length": 20])]))
        }
        guard case .mismatch("queue intake.commands", let text) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(text.contains("x-max-length"))
        #expect(error?.isDependencyFault == false)
        #expect(try await administrator.depth(of: "intake.commands").messageCount == 0)
        await administrator.close()
    }

    @Test("depth, take, purge and delete look into a queue")
    func administered() async throws {
        let configuration = try await freshBroker()
        let administrator = AMQPAdministrator(configuration)
        try await administrator.declare(Topology(queues: [.init("q")]))
        let publisher = AMQPPublisher(configuration)
        _ = try await publisher.publish((0..<4).map { message("q", $0) })
        let depth = try await administrator.depth(of: "q")
        #expect(depth.messageCount == 4)
        #expect(depth.consumerCount == 0)
        let taken = try await administrator.take(from: "q")
        #expect(taken.flatMap(number) == 0)
        #expect(taken?.properties.messageID == "0")
        #expect(try await administrator.purge("q") == 3)
        #expect(try await administrator.take(from: "q") == nil)
        try await administrator.delete(queue: "q")
        try await administrator.delete(queue: "q")
        #expect(try await !administrator.exists(queue: "q"))
        await publisher.close()
        await administrator.close()
    }

    @Test("a queue whose node is not up yet is worth waiting for, one that is not there is not")
    func queueDown() {
        let down = AMQPError.closedByPeer(
            code: 404, text: "NOT_FOUND - home node 'a@b' of durable queue 'log' in vhost '/' is down or inaccessible")
        #expect(down.isQueueDown && down.isDependencyFault)
        let missing = AMQPError.closedByPeer(code: 404, text: "NOT_FOUND - no queue 'log' in vhost '/'")
        #expect(!missing.isQueueDown && !missing.isDependencyFault)
    }
}
