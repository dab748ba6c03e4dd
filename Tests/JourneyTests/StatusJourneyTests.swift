import AMQP
import DomainContracts
import Foundation
import LocalStack
import ServiceKit
import ServiceTesting
import Testing

@testable import MendloopCLI

/// A stack that is broken in one way after another, as `status` and `doctor` see it.
@Suite("What status, doctor and story say of a broken stack", .slow)
struct StatusJourneyTests {
    private let stack: Stack
    private let installation: Installation

    init() async throws {
        installation = try await Installation.start(scale: 2)
        stack = try Stack.parse(["--folder", installation.stack.path])
    }

    private func faults() async throws -> [StatusReport.Fault] {
        try await StatusGatherer(stack: stack).report().faults
    }

    private func becomesWell() async throws {
        try await eventually("all is well") { try await faults().isEmpty }
    }

    /// Waits for a fault, and for what to do about it; doctor says the same then.
    private func becomes(_ what: String, _ remedy: String) async throws {
        try await eventually("status says “\(what)”") {
            try await faults().contains { $0.what.contains(what) && $0.remedy.contains(remedy) }
        }
        try await isFound(.wrong, what, remedy)
    }

    /// Waits until doctor finds something, and says what to do about it.
    private func isFound(_ standing: DoctorReport.Standing, _ what: String, _ remedy: String? = nil) async throws {
        try await eventually("doctor says “\(what)”") {
            try await Examination(stack: stack).report().findings.contains { finding in
                finding.standing == standing && finding.what.contains(what)
                    && remedy.map { finding.remedy?.contains($0) == true } ?? true
            }
        }
    }

    @Test(
        "broker full or gone, database gone, service gone, schema behind, message that nobody can read: each has its remedy"
    )
    func broken() async throws {
        let local = installation.stack
        try await installation.services.startDoor()
        try await becomesWell()
        let client = try TestClient(url: try local.addresses().amqpURL())
        let order = try await reportSomething(client)
        try await isTold(order, 0, "work-order-opened", "job")
        let tool = try CommandLineTool(folder: local.path)
        let well = try await tool.run("doctor", "--output", "json")
        #expect(well.status == 0)
        let report = try JSONDecoder().decode(DoctorReport.self, from: Data(well.output.utf8))
        #expect(report.isWell)
        let areas: Set = ["stack", "settings", "machine", "database", "broker", "clocks", "letters", "backups"]
        #expect(Set(report.findings.map(\.area)) == areas)
        for what in [
            "PostgreSQL 1", "RabbitMQ 3.", "quorum queues and streams have all their nodes", "PostgreSQL's agrees",
        ] {
            #expect(report.findings.contains { $0.standing == .well && $0.what.contains(what) }, "\(what)")
        }

        try await local.raiseMemoryAlarm()
        try await becomes("RabbitMQ takes no messages: ", "free or add some")
        try await local.liftMemoryAlarm()
        try await becomesWell()

        try await local.rabbitmqctl("set_disk_free_limit", "1000GB")
        try await becomes("has too little disk", "free or add some")
        try await isTold(order, 1, "The story lacks a part: ", "has too little disk", "free or add some")
        try await local.rabbitmqctl("set_disk_free_limit", "64MB")
        try await becomesWell()

        let credentials = local.path + "/credentials"
        chmod(credentials, 0o644)
        try await isFound(.wrong, "others may read the passwords in \(credentials)", "chmod 600")
        let broken = try await tool.run("doctor")
        #expect(broken.status == 3)
        #expect(broken.output.contains("→ chmod 600 \(credentials)"))
        #expect(broken.output.contains("\n1 wrong, "))
        chmod(credentials, 0o600)

        try await installation.services.kill(.dispatch)
        try await becomes("dispatch-1 does not run", "./mendloop up")
        try await isTold(order, 1, "dispatch did not answer dispatch.story", "dispatch-1 does not run", "./mendloop up")
        try await installation.services.start(.dispatch, environment: ["MENDLOOP_PREFECH": "7"])
        try await isFound(
            .wrong, "MENDLOOP_PREFECH is read by nobody; is MENDLOOP_PREFETCH meant? (dispatch-1)", "docs/settings.md")
        try await installation.services.stop(.dispatch)
        try await installation.services.start(.dispatch)
        try await becomesWell()

        _ = try await client.send(
            OutgoingMessage(
                exchange: MendloopTopology.commands, routingKey: "intake.report-repair.web",
                properties: AMQPProperties(messageID: "torn"), body: Array("{ no JSON of \(order.text)".utf8)))
        try await becomes("intake has 1 dead letter", "dead list --service intake")
        try await isFound(.wrong, "intake has one message dead, undecodable: ", "dead discard intake --all")
        let letter = try #require(try await tool.list("--service", "intake").first?.letters.first)
        try await isTold(
            order, 0, "Not handled:", "intake \(letter.id) dead, undecodable: ",
            "./mendloop dead show intake \(letter.id), then",
            "dead discard intake \(letter.id)")
        await client.close()

        try await setBack("console")
        try await installation.services.stopDoor()
        _ = try await installation.services.startDoor(migrating: false)
        try await becomes("nobody takes from console.events", "console holds off")

        try await installation.services.stop(.feedback)
        try await setBack("feedback")
        async let start: Void = { _ = try? await installation.services.start(.feedback) }()
        try await becomes("feedback-1 is not ready: migration: ", "./mendloop migrate")
        try await isTold(
            order, 1, "feedback did not answer", "feedback-1 is not ready: migration: ", "./mendloop migrate")
        try await installation.services.kill(.feedback)
        await start

        try await local.broker.stopImmediately()
        try await becomes("RabbitMQ does not run", "./mendloop up")
        try await isTold(order, 1, "RabbitMQ cannot be reached", "RabbitMQ does not run", "./mendloop up")
        try await local.broker.start()
        try await local.database.stopImmediately()
        try await becomes("PostgreSQL does not run", "./mendloop up")
        try await local.database.start()
        try await installation.stop()
    }

    private func reportSomething(_ client: TestClient) async throws -> UUID {
        let report = ReportRepair(
            channel: "phone", customer: ReportedCustomer(name: "王敏", phone: "+8613800138000"),
            device: ReportedDevice(serialNumber: "AC-1", category: "Aircon/dehumidifier"), serviceType: .repair,
            problem: "空调漏油", site: ReportedSite(address: "北京市朝阳区 1", regionCode: "110105"))
        let answer = try await client.ask(
            report, source: "/adapters/phone", channel: "phone", actor: ("adapter", "phone"))
        return try #require(answer.workOrderId)
    }

    /// Waits until the story of an order says so, in these words.
    private func isTold(_ order: UUID, _ status: Int32, _ words: String...) async throws {
        let tool = try CommandLineTool(folder: installation.stack.path)
        try await eventually(within: .seconds(90), "story says \(words)") {
            let story = try await tool.run("story", order.text)
            return story.status == status && words.allSatisfy(story.output.contains)
        }
    }

    /// As if the newest migration of a service had not been applied.
    private func setBack(_ schema: String) async throws {
        try await installation.stack.sql(
            """
            DELETE FROM \(schema).schema_migration WHERE (series, version) IN (
                SELECT series, max(version) FROM \(schema).schema_migration WHERE series = 'V' GROUP BY series)
            """)
    }
}
