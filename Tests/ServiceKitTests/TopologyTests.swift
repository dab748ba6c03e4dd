import AMQP
import DomainContracts
import ServiceTesting
import Testing

@testable import ServiceKit

@Suite("The manifest")
struct TopologyTests {
    @Test("the manifest has the exchanges and queues of the wire contract, for all six services")
    func contents() throws {
        let manifest = try MendloopTopology.manifest()
        #expect(
            manifest.exchanges == [
                .init("mendloop.commands", kind: .topic), .init("mendloop.queries", kind: .topic),
                .init("mendloop.events", kind: .topic), .init("mendloop.dead", kind: .direct),
            ])
        let expected = ServiceName.allCases.flatMap { name in
            ["commands", "events", "dead", "queries"].map { "\(name.rawValue).\($0)" }
        }
        #expect(Set(manifest.queues.map(\.name)) == Set(expected + ["mendloop.billing.log"]))
        let commands = manifest.queues.first { $0.name == "field-service.commands" }
        #expect(
            commands?.arguments == [
                "x-queue-type": "quorum", "x-delivery-limit": 20, "x-dead-letter-exchange": "mendloop.dead",
                "x-dead-letter-routing-key": "field-service", "x-dead-letter-strategy": "at-least-once",
                "x-overflow": "reject-publish",
            ])
    }

    @Test(
        "an event is bound by service, name and version, and by nothing wider",
        arguments: [
            "intake.work-order-opened", "intake.#", "#", "intake.*.v1", "intake.work-order-opened.v0",
            "intake.work-order-opened.v1.wechat", "intake.work-order-opened.v1.#", "nobody.work-order-opened.v1",
            "intake.WorkOrderOpened.v1", "intake..v1", "intake.work-order-opened.v01", "",
        ])
    func badKeys(key: String) {
        #expect(throws: TopologyError.badEventKey(service: "billing", key: key)) {
            try ServiceTopology(service: .billing, events: [key])
        }
    }

    @Test("a key cannot stand twice, nor be bound and retired at once")
    func contradictions() {
        let key = "intake.work-order-opened.v1"
        let error = TopologyError.contradictoryKey(service: "billing", key: key)
        #expect(throws: error) { try ServiceTopology(service: .billing, events: [key, key]) }
        #expect(throws: error) { try ServiceTopology(service: .billing, events: [key], retiredEvents: [key]) }
    }

    @Test("the table of event bindings is sound")
    func table() throws {
        #expect(throws: Never.self) { try MendloopTopology.manifest() }
        let known = Set((ServiceName.allCases + [.console]).map(\.rawValue))
        #expect(known.isSuperset(of: EventBindings.live.keys) && known.isSuperset(of: EventBindings.retired.keys))
    }
}

@Suite("The manifest on a broker")
struct TopologyOnBrokerTests {
    private func onBroker(_ body: (AMQPAdministrator, AMQPConfiguration) async throws -> Void) async throws {
        let configuration = try AMQPConfiguration(
            url: try await TestStack.freshVirtualHost(), connectionName: "topology test")
        let administrator = AMQPAdministrator(configuration)
        do {
            try await body(administrator, configuration)
            await administrator.close()
        } catch {
            await administrator.close()
            throw error
        }
    }

    private func publish(
        _ configuration: AMQPConfiguration, _ exchange: String, _ key: String
    ) async throws -> PublishOutcome {
        let publisher = AMQPPublisher(configuration)
        let outcome = try await publisher.publish(
            OutgoingMessage(
                exchange: exchange, routingKey: key, mandatory: true, properties: AMQPProperties(persistent: true),
                body: Array("{}".utf8)))
        await publisher.close()
        return outcome
    }

    @Test("a broker takes the whole manifest, and takes it again unchanged")
    func applied() async throws {
        try await onBroker { administrator, _ in
            let manifest = try MendloopTopology.manifest()
            try await MendloopTopology.apply(manifest, with: administrator)
            try await MendloopTopology.apply(manifest, with: administrator)
            for queue in manifest.queues { #expect(try await administrator.exists(queue: queue.name)) }
        }
    }

    @Test("commands, queries and events reach the queues they are meant for; a key that nobody owns comes back")
    func routes() async throws {
        try await onBroker { administrator, configuration in
            let billing = try ServiceTopology(
                service: .billing, events: ["intake.work-order-opened.v1", "intake.report-repair-rejected.v1.*"])
            try await MendloopTopology.apply(.init(merging: billing), with: administrator)
            let routed: [(String, String, String)] = [
                (MendloopTopology.commands, "billing.record-payment", "billing.commands"),
                (MendloopTopology.commands, "billing.record-payment.finance", "billing.commands"),
                (MendloopTopology.queries, "billing.ledger-totals", "billing.queries"),
                (MendloopTopology.events, "intake.work-order-opened.v1", "billing.events"),
                (MendloopTopology.events, "intake.report-repair-rejected.v1.wechat", "billing.events"),
                (MendloopTopology.dead, "billing", "billing.dead"),
            ]
            for (exchange, key, queue) in routed {
                let outcome = try await publish(configuration, exchange, key)
                #expect(outcome == .confirmed, "\(key) on \(exchange)")
                let delivery = try await eventually("\(key) in \(queue)") { try await administrator.take(from: queue) }
                #expect(delivery.routingKey == key)
            }
            for (exchange, key) in [
                (MendloopTopology.commands, "nobody.do"), (MendloopTopology.events, "intake.work-order-opened.v2"),
            ] {
                let outcome = try await publish(configuration, exchange, key)
                #expect(outcome != .confirmed, "\(key) on \(exchange) was taken")
            }
            #expect(try await publish(configuration, MendloopTopology.events, "billing.bill-issued.v1") == .confirmed)
        }
    }

    @Test("a message that is put back for ever ends in the service's dead queue after the delivery limit")
    func deliveryLimit() async throws {
        try await onBroker { administrator, configuration in
            let intake = try ServiceTopology(service: .intake, events: [])
            try await MendloopTopology.apply(.init(merging: intake), with: administrator)
            #expect(try await publish(configuration, MendloopTopology.commands, "intake.merge") == .confirmed)
            let consumer = AMQPConsumer(configuration, queue: intake.commandQueue, prefetch: 10)
            for _ in 0...MendloopTopology.deliveryLimit {
                for delivery in try await consumer.nextBatch(limit: 1) {
                    await consumer.reject(delivery, requeue: true)
                }
            }
            let dead = try await eventually("the message in the dead queue") {
                try await administrator.take(from: intake.deadQueue)
            }
            #expect(dead.exchange == MendloopTopology.dead && dead.routingKey == "intake")
            await consumer.close()
        }
    }

    @Test("a retired binding is taken away, also when it is gone already")
    func retired() async throws {
        try await onBroker { administrator, configuration in
            let key = "intake.work-order-opened.v1"
            let before = try ServiceTopology(service: .billing, events: [key])
            try await MendloopTopology.apply(.init(merging: before), with: administrator)
            #expect(try await publish(configuration, MendloopTopology.events, key) == .confirmed)
            let after = try ServiceTopology(service: .billing, events: [], retiredEvents: [key])
            try await MendloopTopology.apply(.init(merging: after), with: administrator)
            try await MendloopTopology.apply(.init(merging: after), with: administrator)
            #expect(try await publish(configuration, MendloopTopology.events, key) != .confirmed)
        }
    }

    @Test("a queue that the broker has otherwise is an error that names queue and argument")
    func mismatch() async throws {
        try await onBroker { administrator, _ in
            let intake = try ServiceTopology(service: .intake, events: [])
            var other = Topology(queues: intake.durable.queues)
            other.queues[0].arguments["x-delivery-limit"] = 5
            try await administrator.declare(other)
            let error = await #expect(throws: TopologyError.self) {
                try await MendloopTopology.apply(.init(merging: intake), with: administrator)
            }
            guard case .mismatch(let entity, let argument, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(entity == "queue intake.commands" && argument == "x-delivery-limit")
        }
    }
}

extension Topology {
    fileprivate init(merging service: ServiceTopology) {
        self = MendloopTopology.manifest(services: [service])
    }
}
