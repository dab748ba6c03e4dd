import AMQP
import DomainContracts
import Foundation
import FoundationNetworking
import LocalStack
import ServiceKit
import ServiceTesting
import Testing

/// Alerts of deploy/monitoring, as a real Prometheus evaluates them on a real installation. That they wait until what they speak
/// of has lasted is promtool's to test; here they fire at once.
@Suite(
    "Alerts of a running installation", .slow, .serialized,
    .enabled(if: PrometheusServer.program != nil, "Prometheus is not installed: apt install prometheus"))
final class AlertJourneyTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private let installation: Installation
    private let prometheus: PrometheusServer
    private let client: TestClient
    private let tool: CommandLineTool
    private let door: String
    private let rules: String
    private var provoked: Set<String> = []

    init() async throws {
        installation = try await Installation.start(scale: 360)
        door = try #require(try await installation.services.startDoor().doorURL)
        rules = try String(
            contentsOf: Self.root.appending(path: "deploy/monitoring/rules.yml"), encoding: .utf8)
        prometheus = try PrometheusServer(
            lookingAt: installation, rules: rules.replacing(/for: \d+m/, with: "for: 0s"))
        client = try TestClient(url: try installation.stack.addresses().amqpURL())
        tool = try CommandLineTool(folder: installation.stack.path)
    }

    private func fires(_ alert: String, _ labels: [String: String] = [:]) async throws {
        try await eventually(within: .seconds(90), "\(alert) fires, \(labels)") {
            try await prometheus.firing().contains { firing in
                firing.labels["alertname"] == alert && labels.allSatisfy { firing.labels[$0.key] == $0.value }
            }
        }
        provoked.insert(alert)
    }

    private func allClears(after alerts: String) async throws {
        do {
            try await eventually(within: .seconds(90), "\(alerts) clears") {
                guard try await prometheus.value(of: "count(up == 1)") == 9 else { return false }
                return try await prometheus.firing().isEmpty
            }
        } catch {
            let firing = try await prometheus.firing().map(\.labels)
            Issue.record("these fire: \(firing)")
            throw error
        }
    }

    @Test("each alert fires when what it speaks of happens, and clears when it is over")
    func everyAlert() async throws {
        try await allClears(after: "the start")
        try await brokerTellsWhatIsUsed()
        try await aServiceIsDown()
        try await serversAreAway()
        try await brokerIsFull()
        try await messagesFail()
        try await databaseHangs()
        try await theDoorFails()
        try await nobodyIsFound()
        let all = rules.matches(of: /- alert: (\w+)/).map { String($0.1) }
        #expect(provoked == Set(all))
        await client.close()
        try await installation.stop()
    }

    /// Every metric of the broker's in docs/metrics.md is there.
    private func brokerTellsWhatIsUsed() async throws {
        let document = try String(contentsOf: Self.root.appending(path: "docs/metrics.md"), encoding: .utf8)
        let names = Set(document.matches(of: /\n\| `(rabbitmq_\w+)` \|/).map { String($0.1) })
        #expect(names.count >= 9)
        for name in names { #expect(try await prometheus.value(of: "count(\(name))") != nil, "\(name)") }
        for dashboard in ["operations", "business"] {
            let file = Self.root.appending(path: "deploy/monitoring/dashboards/\(dashboard).json")
            let text = try String(contentsOf: file, encoding: .utf8)
            for expression in text.matches(of: /"expr": ("(?:[^"\\]|\\.)*")/) {
                let query = try JSONDecoder().decode(String.self, from: Data(expression.1.utf8))
                _ = try await prometheus.value(
                    of: query.replacing("$__rate_interval", with: "1m").replacing("$service", with: ".*"))
            }
        }
    }

    private func aServiceIsDown() async throws {
        try await installation.services.kill(.feedback)
        let command = ConfirmDelivery(notificationId: UUID(), status: .delivered)
        let message = try client.message(command, id: "again", channel: "web")
        _ = try await client.publisher.publish(Array(repeating: message, count: 1_100))
        try await fires("MendloopServiceDown", ["service": "feedback"])
        try await fires("MendloopQueueWithoutConsumer", ["queue": "feedback.commands"])
        try await fires("MendloopQueueBacklog", ["queue": "feedback.commands"])
        try await installation.services.start(.feedback)
        try await allClears(after: "MendloopServiceDown")
    }

    private func serversAreAway() async throws {
        try await installation.stack.database.stopImmediately()
        try await fires("MendloopDependencyDown", ["service": "billing", "dependency": "database"])
        try await installation.stack.database.start()
        try await allClears(after: "MendloopDependencyDown of the database")
        try await installation.stack.broker.stopImmediately()
        try await fires("MendloopDependencyDown", ["service": "billing", "dependency": "broker"])
        try await installation.stack.broker.start()
        try await allClears(after: "MendloopDependencyDown of the broker")
    }

    private func brokerIsFull() async throws {
        let free = try #require(try await prometheus.value(of: "rabbitmq_disk_space_available_bytes"))
        try await installation.stack.rabbitmqctl("set_disk_free_limit", "\(Int(free / 3))")
        try await fires("MendloopBrokerDiskLow")
        try await installation.stack.rabbitmqctl("set_disk_free_limit", "64MB")
        try await allClears(after: "MendloopBrokerDiskLow")

        try await installation.stack.raiseMemoryAlarm()
        // As if it had been so for a while.
        try await installation.stack.sql(
            """
            INSERT INTO feedback.outbox (message_id, wire_type, routing_key, subject, body, created_at)
            VALUES ('old', 'mendloop.feedback.old.v1', 'feedback.old.v1', 'old/1', '{}', now() - interval '2 minutes')
            """)
        try await fires("MendloopBrokerAlarm")
        try await fires("MendloopOutboxStuck", ["service": "feedback"])
        try await installation.stack.liftMemoryAlarm()
        try await allClears(after: "MendloopBrokerAlarm")
    }

    private func messagesFail() async throws {
        func raw(_ id: String, _ body: String) -> OutgoingMessage {
            OutgoingMessage(
                exchange: MendloopTopology.commands, routingKey: "intake.unheard-of.web",
                properties: AMQPProperties(contentType: "application/cloudevents+json", messageID: id),
                body: Array(body.utf8))
        }
        _ = try await client.send(raw("torn", "{ no JSON"))
        try await fires("MendloopDeadLetters", ["service": "intake", "reason": "undecodable"])
        #expect(try await tool.run("dead", "discard", "intake", "--all", "--reason", "undecodable").status == 0)
        try await allClears(after: "MendloopDeadLetters")

        _ = try await client.publisher.publish(
            (1...21).map { number in
                raw(
                    "u\(number)",
                    """
                    {"specversion": "1.0", "id": "u\(number)", "source": "/test", "type": "mendloop.intake.unheard-of.v1",
                     "data": {}}
                    """)
            })
        try await fires("MendloopRetriesPileUp", ["service": "intake"])
        let letters = try await tool.list("--service", "intake", "--state", "parked").flatMap(\.letters)
        #expect(try await tool.run(["dead", "discard", "intake"] + letters.map { "\($0.id)" }).status == 0)
        try await allClears(after: "MendloopRetriesPileUp")
    }

    /// Somebody's transaction holds what a service needs.
    private func databaseHangs() async throws {
        try await installation.stack.sql(
            """
            INSERT INTO feedback.timer (kind, aggregate_id, discriminator, due_at, retry_at)
            VALUES ('follow-up-due', gen_random_uuid(), 'late', '2000-01-01', now() + interval '10 seconds')
            """)
        try await whileHeld("SELECT 1 FROM feedback.timer WHERE discriminator = 'late' FOR UPDATE") {
            try await fires("MendloopTimersLate", ["service": "feedback"])
        }
        try await allClears(after: "MendloopTimersLate")

        try await installation.services.stop(.feedback)
        try await installation.services.start(.feedback, environment: ["MENDLOOP_POOL_SIZE": "2"])
        try await whileHeld("LOCK TABLE feedback.timer, feedback.parked_message, feedback.outbox") {
            try await fires("MendloopPoolExhausted", ["service": "feedback"])
        }
        try await installation.services.stop(.feedback)
        try await installation.services.start(.feedback)
        try await allClears(after: "MendloopPoolExhausted")
    }

    private func whileHeld(_ statement: String, _ body: () async throws -> Void) async throws {
        let stack = installation.stack
        let holder = Task {
            // Ended from outside.
            _ = try? await stack.sql("SET application_name = 'holder'; BEGIN; \(statement); SELECT pg_sleep(600)")
        }
        try await eventually("the lock is held") {
            try await stack.sql(
                "SELECT 1 FROM pg_stat_activity WHERE application_name = 'holder' AND wait_event = 'PgSleep'"
            ).contains("1")
        }
        do {
            try await body()
        } catch {
            try await stack.sql(Self.endHolder)
            throw error
        }
        try await stack.sql(Self.endHolder)
        await holder.value
    }

    private static let endHolder =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'holder'"

    private func theDoorFails() async throws {
        let token = try BearerToken.make(
            for: "li.na", roles: ["agent"], until: Date().addingTimeInterval(3600),
            secret: try installation.stack.addresses().tokenSecret)
        func ask() async throws -> Int {
            var request = URLRequest(
                url: try #require(URL(string: "\(door)/v1/intake/request?requestNumber=SR-20261121-000001")))
            request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
            let (_, response) = try await URLSession.shared.answer(to: request)
            return (response as? HTTPURLResponse)?.statusCode ?? 0
        }
        #expect(try await ask() < 500)
        try await installation.services.stop(.intake)
        #expect(try await tool.run("read-models", "rebuild").status == 0)
        for number in 1...3 {
            #expect(try await ask() == 504)
            // A rate is between two looks.
            try await eventually("failure \(number) is seen") {
                try await prometheus.value(of: #"sum(mendloop_http_requests_total{status=~"5.."})"#) == Double(number)
            }
        }
        try await fires("MendloopDoorFails")
        try await fires("MendloopReadModelsIncomplete")
        try await installation.services.start(.intake)
        try await eventually("the door answers") { try await ask() < 500 }
        for _ in 1...200 { _ = try await ask() }
        try await allClears(after: "MendloopDoorFails")
    }

    private func nobodyIsFound() async throws {
        let report = ReportRepair(
            channel: "wechat", customer: ReportedCustomer(name: "王敏", phone: "13800138000", channelUserId: "ox-user"),
            device: ReportedDevice(serialNumber: "AC-1", category: "Aircon/dehumidifier"), serviceType: .repair,
            problem: "空调漏油", site: ReportedSite(address: "北京市朝阳区 1", regionCode: "110105"))
        let answer = try await client.ask(
            report, source: "/adapters/wechat", channel: "wechat", actor: ("adapter", "wechat"))
        let order = try #require(answer.workOrderId)
        try await fires("MendloopNobodyFound")
        try await fires("MendloopPromisesBroken")
        _ = try await client.ask(CancelWorkOrder(workOrderId: order, reason: .other), story: order)
        try await allClears(after: "MendloopPromisesBroken")
    }
}
