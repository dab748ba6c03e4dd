import AMQP
import DomainContracts
import Foundation
import LocalStack
import ServiceKit
import ServiceTesting
import Testing

@Suite("Dead letters through the command line", .slow, .serialized)
struct DeadLetterJourneyTests {
    @Test("what cannot be handled is stored with its reason, listed, shown and discarded; the queue behind it moves on")
    func poison() async throws {
        let installation = try await Installation.start()
        let client = try TestClient(url: try installation.stack.addresses().amqpURL())
        let outcomes = try await client.send(
            raw(Array("{ this is no JSON".utf8), id: "torn"),
            raw(
                Self.envelope(type: "mendloop.intake.unheard-of.v9", id: "unheard", problem: "x"), id: "unheard",
                key: "intake.unheard-of.wechat"),
            raw(
                Self.envelope(
                    type: ReportRepair.wireType, id: "huge", problem: String(repeating: "x", count: 1 << 20)),
                id: "huge"))
        #expect(outcomes == [.confirmed, .confirmed, .confirmed])

        // Behind them in the same queue, a report is taken as if they had not been.
        let report = ReportRepair(
            channel: "wechat", customer: ReportedCustomer(name: "王敏", phone: "13800138000"), problem: "漏油")
        let answer = try await client.ask(
            report, source: "/adapters/wechat", channel: "wechat", actor: ("adapter", "wechat"))
        #expect(answer.requestNumber.hasPrefix("SR-"))

        let tool = try CommandLineTool(folder: installation.stack.path)
        let listed = try await eventually("all three are listed") {
            let letters = try await tool.list("--service", "intake").first?.letters ?? []
            return letters.count == 3 ? letters : nil
        }
        let reasons = Dictionary(uniqueKeysWithValues: listed.map { ($0.messageId, $0) })
        #expect(reasons["torn"]?.reason == "undecodable")
        #expect(reasons["torn"]?.state == "dead")
        #expect(reasons["huge"]?.reason == "too-large")
        #expect(reasons["huge"]?.state == "dead")
        // A newer copy may know the type: it is tried again before it is given up.
        #expect(reasons["unheard"]?.reason == "unknown-type")

        let torn = try #require(reasons["torn"])
        let shown = try await tool.run("dead", "show", "intake", "\(torn.id)")
        #expect(shown.status == 0)
        #expect(shown.output.contains("{ this is no JSON"))
        #expect(try await tool.run("dead", "show", "intake", "999999").status == 1)

        let trial = try await tool.run("dead", "discard", "intake", "\(torn.id)", "--dry-run")
        #expect(trial.output.contains("would be discarded: 1 message"))
        #expect(try await tool.list("--service", "intake", "--state", "discarded").first?.letters == [])
        #expect(try await tool.run("dead", "discard", "intake", "\(torn.id)").status == 0)
        #expect(
            try await tool.list("--service", "intake", "--state", "discarded").first?.letters.map(\.id) == [torn.id])

        await client.close()
        try await installation.stop()
    }

    @Test(
        "a mass of them is counted whole, and replayed in portions; where the cause is not gone, one portion is all that is tried"
    )
    func mass() async throws {
        let installation = try await Installation.start()
        let tool = try CommandLineTool(folder: installation.stack.path)
        func plant(_ count: Int, _ name: String) async throws {
            let type = "mendloop.intake.\(name).v1"
            try await installation.stack.sql(
                """
                INSERT INTO intake.parked_message
                    (state, source, message_id, wire_type, routing_key, properties, body, attempts, reason, detail)
                SELECT 'dead', '/test', '\(name)-' || n, '\(type)', 'intake.\(name)',
                    '{"headers": {"traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}, "type": "\(type)"}',
                    convert_to('{"specversion": "1.0", "id": "\(name)-' || n || '", "source": "/test", "type": "\(type)",
                        "data": {"customerNumber": "C-' || n || '", "name": "客户 ' || n || '"}}', 'UTF8'),
                    6, 'handler-failed', 'planted'
                FROM generate_series(1, \(count)) AS n
                """)
        }
        try await plant(1_250, "register-customer")
        try await plant(120, "unheard-of")

        let kind = ["--type", "intake.register-customer", "--reason", "handler-failed"]
        let listed = try #require(
            try await tool.list("--service", "intake", "--state", "dead", "--limit", "5", kind[0], kind[1]).first)
        #expect(listed.letters.count == 5 && listed.matching == 1_250)
        #expect(listed.letters.allSatisfy { $0.type == "mendloop.intake.register-customer.v1" })
        #expect(try await tool.run("doctor").output.contains("intake has 1370 messages dead, handler-failed"))
        let shown = try await tool.run("dead", "show", "intake", "\(try #require(listed.letters.first).id)")
        #expect(shown.output.contains("trace      00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
        let mass = ["dead", "replay", "intake", "--all"] + kind
        let trial = try await tool.run(mass + ["--dry-run"])
        #expect(trial.output.hasPrefix("would be replayed: 1250 messages"), "\(trial.output.prefix(80))")
        let before = try await tool.run(mass + ["--until", "2026-01-01T00:00:00Z"])
        #expect(before.output == "replayed 0 messages\n")

        let replayed = try await tool.run(mass)
        #expect(replayed.status == 0)
        #expect(replayed.output.hasPrefix("replayed 1250 messages"), "\(replayed.output.prefix(80))")
        #expect(try await installation.stack.sql("SELECT count(*) FROM intake.customer") == "1250\n")

        // What nobody can read fails again.
        let poison = try await tool.run(["dead", "replay", "intake", "--all", "--type", "intake.unheard-of"])
        #expect(poison.status != 0)
        #expect(poison.output.hasPrefix("replayed 100 messages"), "\(poison.output.prefix(80))")
        #expect(poison.output.hasSuffix("; 100 of them failed again\n"))
        #expect(
            try await installation.stack.sql("SELECT count(*) FROM intake.parked_message WHERE state = 'dead'")
                == "20\n")
        let discarded = try await tool.run(["dead", "discard", "intake", "--all", "--type", "intake.unheard-of"])
        #expect(discarded.output.hasPrefix("discarded 20 messages"), "\(discarded.output)")
        try await installation.stop()
    }

    private func raw(
        _ body: [UInt8], id: String, key: String = "intake.report-repair.wechat"
    ) -> OutgoingMessage {
        OutgoingMessage(
            exchange: MendloopTopology.commands, routingKey: key,
            properties: AMQPProperties(contentType: "application/cloudevents+json", messageID: id), body: body)
    }

    private static func envelope(type: String, id: String, problem: String) -> [UInt8] {
        Array(
            #"""
            {"specversion": "1.0", "id": "\#(id)", "source": "/adapters/wechat", "type": "\#(type)",
             "data": {"channel": "wechat", "customer": {"phone": "13800138000"}, "problem": "\#(problem)"}}
            """#.utf8)
    }
}
