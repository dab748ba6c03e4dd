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
