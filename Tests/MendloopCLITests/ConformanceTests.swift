import AMQP
import DomainContracts
import Foundation
import LocalStack
import ServiceKit
import ServiceTesting
import Testing

@testable import MendloopCLI

@Suite("What is said of an adapter") struct ConformanceTests {
    private static func properties(_ id: String?, type: String? = ReportRepair.wireType) -> AMQPProperties {
        AMQPProperties(contentType: "application/cloudevents+json", messageID: id, type: type)
    }

    private static func report(_ id: String, _ problem: String, channel: String = "web") -> [UInt8] {
        Array(
            """
            {"specversion": "1.0", "id": "\(id)", "source": "/adapters/web", "type": "\(ReportRepair.wireType)",
             "data": {"channel": "\(channel)", "externalId": "\(id)", "customer": {"phone": "13800138000"}, "problem": "\(problem)"}}
            """.utf8)
    }

    private func broken(_ tell: (inout ConformanceJudge) -> Void) -> [ConformanceRule] {
        var judge = ConformanceJudge(channel: "web")
        tell(&judge)
        judge.close()
        return judge.report.filter { $0.broken > 0 }.map(\.rule)
    }

    private static let key = "intake.report-repair.web"

    @Test("reports as the guide has them, one of them twice, break nothing")
    func kept() {
        var judge = ConformanceJudge(channel: "web")
        for id in ["a", "b", "a"] { judge.hear(Self.key, Self.properties(id), Self.report(id, "漏水 \(id)")) }
        judge.close()
        #expect(judge.isKept)
        #expect(
            judge.report.filter { $0.kept > 0 }.map(\.rule) == [
                .readable, .namedByKey, .ownChannel, .valid, .properties, .persistent, .size, .sameAgain, .newIsNew,
                .taken,
            ])
    }

    @Test("each rule is named when it is broken, and no other")
    func breaches() {
        #expect(broken { $0.hear(Self.key, Self.properties("a"), Array("{ no JSON".utf8)) } == [.readable])
        #expect(broken { $0.hear("intake.cancel.web", Self.properties("a"), Self.report("a", "x")) } == [.namedByKey])
        #expect(
            broken { $0.hear(Self.key, Self.properties("a"), Self.report("a", "x", channel: "email")) } == [.ownChannel]
        )
        #expect(broken { $0.hear(Self.key, Self.properties(nil), Self.report("a", "x")) } == [.properties])
        let wrong = Array(String(decoding: Self.report("a", "x"), as: UTF8.self).replacing("\"x\"", with: "7").utf8)
        #expect(broken { $0.hear(Self.key, Self.properties("a"), wrong) } == [.valid])
        var fleeting = Self.properties("a")
        fleeting.persistent = false
        #expect(broken { $0.hear(Self.key, fleeting, Self.report("a", "x")) } == [.persistent])
        let long = String(repeating: "长", count: 100_000)
        #expect(broken { $0.hear(Self.key, Self.properties("a"), Self.report("a", long)) } == [.size])
        #expect(
            broken {
                $0.hear(Self.key, Self.properties("a"), Self.report("a", "x"))
                $0.hear(Self.key, Self.properties("a"), Self.report("a", "y"))
            } == [.sameAgain])
        #expect(
            broken {
                $0.hear(Self.key, Self.properties("a"), Self.report("a", "x"))
                let again = String(decoding: Self.report("a", "x"), as: UTF8.self)
                    .replacing("\"id\": \"a\"", with: "\"id\": \"b\"", maxReplacements: 1)
                $0.hear(Self.key, Self.properties("b"), Array(again.utf8))
            } == [.newIsNew])
        #expect(
            broken {
                $0.hear(
                    rejection: ReportRepairRejected(
                        channel: "web", messageId: "a",
                        problem: Problem(code: "invalid-message", title: "", status: 422)))
            } == [.taken])
    }

    @Test(
        "a customer who urges twice in the same words has said two things; the same thing under one id stays the same")
    func urgedTwice() {
        func urge(_ id: String, _ text: String) -> [UInt8] {
            Array(
                """
                {"specversion": "1.0", "id": "\(id)", "source": "/adapters/web", "type": "\(AppendMessage.wireType)",
                 "data": {"channel": "web", "workOrderNumber": "WO-20261121-000042", "kind": "reminder", "text": "\(text)",
                  "channelUserId": "u1"}}
                """.utf8)
        }
        func hear(_ judge: inout ConformanceJudge, _ id: String, _ text: String) {
            judge.hear(
                "intake.append-message.web", Self.properties(id, type: AppendMessage.wireType), urge(id, text))
        }
        #expect(
            broken { judge in
                hear(&judge, "a", "快点")
                hear(&judge, "b", "快点")
                hear(&judge, "a", "快点")
            } == [])
        #expect(
            broken { judge in
                hear(&judge, "a", "快点")
                hear(&judge, "a", "算了")
            } == [.sameAgain])
    }

    @Test("an adapter is named by its channel or by its user on the broker")
    func named() throws {
        for words in [["web"], ["--adapter-user", "adapter-web"], ["web", "--adapter-user", "adapter-web"]] {
            #expect(try Conformance.parse(words).identity().user == "adapter-web")
        }
        for wrong in [
            [], ["--adapter-user", "consumer-finance"], ["email", "--adapter-user", "adapter-web"], ["We b"],
            ["--adapter-user", "adapter-"],
        ] {
            #expect(throws: (any Error).self) { try Conformance.parse(wrong) }
        }
    }

    @Test("on a broker: an adapter that is cut off comes back, confirms what it delivered, and keeps every rule", .slow)
    func onABroker() async throws {
        let broker = try await TestStack.freshVirtualHost()
        let administrator = AMQPAdministrator(try AMQPConfiguration(url: broker, connectionName: "test"))
        try await MendloopTopology.apply(try MendloopTopology.manifest(), with: administrator)
        await administrator.close()
        let desk = try IdentityDesk.of(
            try await TestStack.shared,
            virtualHost: try AMQPConfiguration(url: broker, connectionName: "test").virtualHost)
        let channel = "t" + UUID().uuidString.lowercased().prefix(8)
        let identity = try BrokerIdentity.checked(.adapter, channel)
        let adapter = AMQPPublisher(
            try AMQPConfiguration(url: try await desk.add(identity), connectionName: "adapter"))
        let bench = try ConformanceBench(identity, desk)
        let notification = UUID()
        // Whatever the bench says, another report follows, twice.
        let (turns, said) = AsyncStream.makeStream(of: Void.self)
        let saying = Task {
            let client = try TestClient(url: broker)
            var number = 0
            for await _ in turns {
                number += 1
                _ = try await adapter.publish(Self.reports(number, channel))
                guard number == 3 else { continue }
                _ = try await client.send(try Self.request(notification, channel))
                _ = try await adapter.publish([try Self.confirmation(notification, channel)])
            }
            await client.close()
        }
        let judge = try await bench.run(count: 12, patience: 60, cuts: true) { _ in said.yield() }
        said.finish()
        try await saying.value
        await adapter.close()
        #expect(judge.isKept, "\(judge.report.filter { $0.broken > 0 })")
        #expect(Set(judge.report.filter { $0.kept == 0 }.map(\.rule)).isSubset(of: [.confirms]))
        try await desk.remove(identity)
    }

    /// One report, as it is sent and sent again.
    private static func reports(_ number: Int, _ channel: String) -> [OutgoingMessage] {
        let body = String(decoding: report("r-\(number)", "漏水 \(number)"), as: UTF8.self).replacing(
            "web", with: channel)
        let message = OutgoingMessage(
            exchange: MendloopTopology.commands, routingKey: "intake.report-repair.\(channel)",
            properties: properties("r-\(number)"), body: Array(body.utf8))
        return [message, message]
    }

    private static func request(_ notification: UUID, _ channel: String) throws -> OutgoingMessage {
        let event = NotificationRequested(
            notificationId: notification, channel: channel, template: "survey", language: "zh-Hans",
            recipient: NotificationRecipient(role: "customer", phone: "+8613800138000"), requestedAt: Date())
        return try TestClient.message(
            Envelope(id: UUID().text, source: "/mendloop/feedback", type: NotificationRequested.wireType, time: Date()),
            event,
            exchange: MendloopTopology.events, key: NotificationRequested.routingKey(lastWord: channel))
    }

    private static func confirmation(_ notification: UUID, _ channel: String) throws -> OutgoingMessage {
        let command = ConfirmDelivery(notificationId: notification, status: .delivered)
        let envelope = Envelope(id: "d-1", source: "/adapters/\(channel)", type: ConfirmDelivery.wireType, time: Date())
        return OutgoingMessage(
            exchange: MendloopTopology.commands, routingKey: "feedback.confirm-delivery.\(channel)",
            properties: Self.properties("d-1", type: ConfirmDelivery.wireType),
            body: Array(try WireJSON.encoder().encode(CloudEvent(envelope, command))))
    }
}
