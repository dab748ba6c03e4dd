import AMQP
import DomainContracts
import Foundation
import LocalStack
import ServiceKit
import ServiceTesting
import Testing

@testable import MendloopCLI

/// A stack that is broken in one way after another, as `status` sees it.
@Suite("What status says of a broken stack", .slow)
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

    /// Waits for a fault, and for what to do about it.
    private func becomes(_ what: String, _ remedy: String) async throws {
        try await eventually("status says “\(what)”") {
            try await faults().contains { $0.what.contains(what) && $0.remedy.contains(remedy) }
        }
    }

    @Test(
        "broker full or gone, database gone, service gone, schema behind, message that nobody can read: each has its remedy"
    )
    func broken() async throws {
        let local = installation.stack
        try await installation.services.startDoor()
        try await becomesWell()

        try await local.raiseMemoryAlarm()
        try await becomes("RabbitMQ takes no messages: ", "free or add some")
        try await local.liftMemoryAlarm()
        try await becomesWell()

        try await installation.services.kill(.dispatch)
        try await becomes("dispatch-1 does not run", "./mendloop up")
        try await installation.services.start(.dispatch)
        try await becomesWell()

        let client = try TestClient(url: try local.addresses().amqpURL())
        _ = try await client.send(
            OutgoingMessage(
                exchange: MendloopTopology.commands, routingKey: "intake.report-repair.web",
                properties: AMQPProperties(messageID: "torn"), body: Array("{ no JSON".utf8)))
        try await becomes("intake has 1 dead letter", "dead list --service intake")
        await client.close()

        try await installation.services.stop(.feedback)
        try await local.sql(
            "DELETE FROM feedback.schema_migration WHERE (series, version) IN (SELECT series, max(version)"
                + " FROM feedback.schema_migration WHERE series = 'V' GROUP BY series)")
        async let start: Void = { _ = try? await installation.services.start(.feedback) }()
        try await becomes("feedback-1 is not ready: migration: ", "./mendloop migrate")
        try await installation.services.kill(.feedback)
        await start

        try await local.broker.stopImmediately()
        try await becomes("RabbitMQ does not run", "./mendloop up")
        try await local.broker.start()
        try await local.database.stopImmediately()
        try await becomes("PostgreSQL does not run", "./mendloop up")
        try await local.database.start()
        try await installation.stop()
    }
}
