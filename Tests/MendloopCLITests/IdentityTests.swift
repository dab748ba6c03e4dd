import AMQP
import ArgumentParser
import Foundation
import LocalStack
import ServiceKit
import ServiceTesting
import Testing

@testable import MendloopCLI

@Suite("Users of the broker, and what each may do") struct IdentityTests {
    /// Identities on a virtual host that has Mendloop's exchanges and queues; users are the broker's, so each test has its own.
    private struct Bench {
        let desk: IdentityDesk
        let broker: String

        static func open() async throws -> Bench {
            let broker = try await TestStack.freshVirtualHost()
            let administrator = AMQPAdministrator(try AMQPConfiguration(url: broker, connectionName: "test"))
            try await MendloopTopology.apply(try MendloopTopology.manifest(), with: administrator)
            await administrator.close()
            let host = try AMQPConfiguration(url: broker, connectionName: "test").virtualHost
            return Bench(desk: try .of(try await TestStack.shared, virtualHost: host), broker: broker)
        }

        func add(_ kind: BrokerIdentity.Kind) async throws -> Outsider {
            let name = "t" + UUID().uuidString.lowercased().prefix(8)
            let identity = try BrokerIdentity.checked(kind, name)
            return try Outsider(identity: identity, address: try await desk.add(identity))
        }
    }

    /// Somebody who comes in by an address that the desk gave.
    private struct Outsider {
        let identity: BrokerIdentity
        let publisher: AMQPPublisher
        let administrator: AMQPAdministrator
        let configuration: AMQPConfiguration

        init(identity: BrokerIdentity, address: String) throws {
            self.identity = identity
            configuration = try AMQPConfiguration(url: address, connectionName: "test")
            publisher = AMQPPublisher(configuration)
            administrator = AMQPAdministrator(configuration)
        }

        /// The code with which the broker closes the channel; nil when it takes the message.
        func publish(_ exchange: String, _ key: String, userID: String? = nil) async throws -> Int? {
            let message = OutgoingMessage(
                exchange: exchange, routingKey: key, properties: AMQPProperties(userID: userID), body: Array("{}".utf8))
            return try await code { _ = try await publisher.publish([message]) }
        }

        func bind(_ key: String, to exchange: String = MendloopTopology.events) async throws -> Int? {
            try await code {
                try await administrator.declare(
                    Topology(bindings: [.init(queue: identity.queue, exchange: exchange, key: key)]))
            }
        }

        func declare(_ topology: Topology) async throws -> Int? {
            try await code { try await administrator.declare(topology) }
        }

        func consume(_ queue: String) async throws -> Int? {
            let consumer = AMQPConsumer(configuration, queue: queue, prefetch: 1)
            let code = try await code { _ = try await consumer.nextBatch(limit: 1) }
            await consumer.close()
            return code
        }

        func close() async {
            await publisher.close()
            await administrator.close()
        }

        private func code(_ act: () async throws -> Void) async throws -> Int? {
            do {
                try await act()
                return nil
            } catch AMQPError.closedByPeer(let code, _) {
                return code
            }
        }
    }

    @Test("an adapter says what customers of its channel say and hears what concerns them, and no more")
    func adapter() async throws {
        let bench = try await Bench.open()
        let web = try await bench.add(.adapter)
        let name = web.identity.name
        for key in ["intake.report-repair", "billing.accept-quote", "feedback.confirm-delivery"] {
            #expect(try await web.publish(MendloopTopology.commands, "\(key).\(name)") == nil)
        }
        for key in [
            "intake.report-repair.wechat", "intake.report-repair", "intake.hold.\(name)",
            "billing.record-payment.finance",
            "intake.report-repair.x.\(name)", "xintake.report-repair.\(name)",
        ] {
            #expect(try await web.publish(MendloopTopology.commands, key) == 403, "\(key)")
        }
        #expect(try await web.publish(MendloopTopology.events, "intake.work-order-opened.v1") == 403)
        #expect(try await web.publish(MendloopTopology.queries, "intake.work-order") == 403)
        // Straight into a queue, past all keys.
        #expect(try await web.publish("", "intake.commands") == 403)

        #expect(try await web.bind("feedback.notification-requested.v1.\(name)") == nil)
        #expect(try await web.bind("intake.report-repair-rejected.v1.\(name)") == nil)
        for key in [
            "dispatch.#", "#", "feedback.notification-requested.v1.wechat", "feedback.notification-requested.v1.*",
        ] {
            #expect(try await web.bind(key) == 403, "\(key)")
        }
        #expect(try await web.bind("intake.report-repair.wechat", to: MendloopTopology.commands) == 403)
        // An exchange of its own would lead to ours past all keys.
        for name in ["intake.commands.copy", "\(web.identity.user).x", "reply.\(web.identity.user).x"] {
            #expect(try await web.declare(Topology(queues: [.init(name)])) == 403, "\(name)")
            #expect(try await web.declare(Topology(exchanges: [.init(name, kind: .topic)])) == 403, "\(name)")
        }
        #expect(try await web.consume("intake.commands") == 403)
        await web.close()
    }

    @Test("the broker takes no message under somebody else's user id")
    func spoofed() async throws {
        let bench = try await Bench.open()
        let web = try await bench.add(.adapter)
        let key = "intake.report-repair.\(web.identity.name)"
        #expect(try await web.publish(MendloopTopology.commands, key, userID: web.identity.user) == nil)
        #expect(try await web.publish(MendloopTopology.commands, key, userID: "adapter-wechat") == 406)
        await web.close()
    }

    @Test("finance hears billing, an ERP inventory too; neither hears who is where, nor does what is not the books'")
    func consumers() async throws {
        let bench = try await Bench.open()
        for kind in [BrokerIdentity.Kind.finance, .erp] {
            let books = try await bench.add(kind)
            #expect(try await books.bind("billing.#") == nil)
            #expect(try await books.bind("billing.ledger-entry-posted.v1") == nil)
            #expect(try await books.bind("inventory.#") == (kind == .erp ? nil : 403))
            for key in ["dispatch.#", "intake.contact-changed.v1", "#"] {
                #expect(try await books.bind(key) == 403, "\(key)")
            }
            for key in [
                "billing.record-payment.finance", "billing.replay-ledger.finance",
                "billing.record-tax-invoice.finance", "billing.close-period.finance",
            ] {
                #expect(try await books.publish(MendloopTopology.commands, key) == nil, "\(key)")
            }
            for key in ["billing.record-payment", "billing.accept-quote.web", "intake.cancel.finance"] {
                #expect(try await books.publish(MendloopTopology.commands, key) == 403, "\(key)")
            }
            #expect(try await books.publish(MendloopTopology.queries, "billing.ledger-totals") == nil)
            for key in ["intake.request", "billing.dead", "billing.story", "billing.republish"] {
                #expect(try await books.publish(MendloopTopology.queries, key) == 403, "\(key)")
            }
            #expect(try await books.publish(MendloopTopology.events, "billing.ledger-entry-posted.v1") == 403)
            #expect(try await books.consume("billing.commands") == 403)
            await books.close()
        }
    }

    @Test("each is added once; another password ends the old one and what came in by it; who is removed is gone")
    func life() async throws {
        let bench = try await Bench.open()
        let web = try await bench.add(.adapter)
        try await web.publisher.connect()
        await #expect(throws: ValidationError.self) { _ = try await bench.desk.add(web.identity) }
        let listed = try await bench.desk.list([.adapter])
        #expect(listed.contains { $0.user == web.identity.user && $0.kind == "adapter" })
        #expect(try await bench.desk.list([.finance]).contains { $0.user == web.identity.user } == false)

        let again = try Outsider(identity: web.identity, address: try await bench.desk.rotate(web.identity))
        try await again.publisher.connect()
        let old = AMQPAdministrator(web.configuration)
        await #expect(throws: AMQPError.self) { _ = try await old.exists(exchange: MendloopTopology.events) }

        try await bench.desk.remove(web.identity)
        #expect(try await bench.desk.list([.adapter]).contains { $0.user == web.identity.user } == false)
        await #expect(throws: ValidationError.self) { try await bench.desk.remove(web.identity) }
        await #expect(throws: ValidationError.self) {
            try await bench.desk.remove(.checked(.finance, "nobody"))
        }
        await web.close()
        await again.close()
        await old.close()
    }

    @Test("another password brings what has come since; the queue keeps what waits in it")
    func upToDate() async throws {
        let bench = try await Bench.open()
        let books = try await bench.add(.finance)
        let host = try AMQPConfiguration(url: bench.broker, connectionName: "test").virtualHost
        // As an earlier release made it.
        _ = try await TestStack.shared.rabbitmqctl(
            "set_topic_permissions", "-p", host, books.identity.user, MendloopTopology.commands,
            "^billing\\.record-payment\\.finance$", "^$")
        #expect(try await books.publish(MendloopTopology.commands, "billing.close-period.finance") == 403)
        #expect(try await books.bind("billing.#") == nil)
        let billing = AMQPPublisher(try AMQPConfiguration(url: bench.broker, connectionName: "test"))
        _ = try await billing.publish([
            OutgoingMessage(
                exchange: MendloopTopology.events, routingKey: "billing.charge-final.v1", body: Array("{}".utf8))
        ])

        let again = try Outsider(identity: books.identity, address: try await bench.desk.rotate(books.identity))
        #expect(try await again.publish(MendloopTopology.commands, "billing.close-period.finance") == nil)
        #expect(try await again.administrator.depth(of: books.identity.queue).messageCount == 1)
        await billing.close()
        await books.close()
        await again.close()
    }

    @Test("a name is one word of a routing key", arguments: ["", "Web", "we b", "a.b", "#", "*", "-a", "ä"])
    func names(name: String) {
        #expect(BrokerIdentity(.adapter, name) == nil)
    }

    @Test("deploy/ has the users of a fresh broker; MENDLOOP_WRITE_IDENTITIES=1 writes them anew")
    func definitions() throws {
        let identities =
            ["web", "wechat", "email", "phone", "qr"].compactMap { BrokerIdentity(.adapter, $0) }
            + [BrokerIdentity(.finance, "finance"), BrokerIdentity(.erp, "erp")].compactMap { $0 }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let made = try encoder.encode(BrokerDefinitions(identities, virtualHost: "mendloop")) + Data("\n".utf8)
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "deploy/rabbitmq/identities.json")
        if ProcessInfo.processInfo.environment["MENDLOOP_WRITE_IDENTITIES"] == "1" { try made.write(to: file) }
        #expect(try Data(contentsOf: file) == made)
    }
}
