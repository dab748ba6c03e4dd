import AMQP
import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@Suite("What a service counts, on real servers")
struct MeasuredServiceTests {
    private let registry = MetricsRegistry()

    /// The value of a series; nil where it is not shown.
    private func value(_ metric: String, _ labels: [String: String] = [:]) -> Double? {
        let line = registry.prometheusText().split(separator: "\n").first { line in
            line.hasPrefix(metric + "{") && labels.allSatisfy { line.contains("\($0.key)=\"\($0.value)\"") }
        }
        return line.flatMap { $0.split(separator: " ").last }.flatMap { Double($0) }
    }

    private func consumed(_ type: String, _ outcome: String, of queue: String = "dispatch.commands") -> Double? {
        value(MetricCatalog.consumedMessages, ["queue": queue, "type": type, "outcome": outcome])
    }

    @Test("every message once, by queue, type and what became of it; what failed and was done again too")
    func outcomes() async throws {
        let fault = SwitchableFault()
        let definition = try Sample.definition(broken: fault)
        let ladder = RetryLadder(afterFault: [.milliseconds(20)], whileEarly: [.milliseconds(20)])
        let service = try await RunningService.start(
            definition, on: try await TestSite.fresh(definition), ladder: ladder, metrics: registry)
        let client = try service.client()
        let command = AcceptAssignment.wireType
        let event = WorkOrderOpened.wireType
        #expect(consumed(command, "applied") == 0)
        #expect(consumed(event, "applied", of: "dispatch.events") == 0)

        _ = try await client.ask(AcceptAssignment(assignmentId: UUID(), engineerId: UUID()), id: "once")
        let order = UUID()
        _ = try await client.send(
            try client.message(AcceptAssignment(assignmentId: UUID(), engineerId: UUID()), id: "once"),
            try client.message(WorkOrderOpened.sample(order), story: order),
            OutgoingMessage(
                exchange: MendloopTopology.commands, routingKey: "dispatch.made-up-by-an-outsider",
                properties: AMQPProperties(contentType: "application/cloudevents+json", messageID: "torn"),
                body: Array("{ no JSON".utf8)))
        try await eventually("all are counted") {
            consumed(command, "duplicate") == 1 && consumed(event, "applied", of: "dispatch.events") == 1
                && consumed("unknown", "dead") == 1
        }
        #expect(consumed(command, "applied") == 1)
        #expect(
            value(MetricCatalog.processDuration + "_count", ["queue": "dispatch.commands", "type": command]) == 2)
        try await eventually("what it told is published") {
            value(MetricCatalog.publishedMessages, ["outcome": "confirmed"]) != nil
        }
        #expect((value(MetricCatalog.relayLag + "_count") ?? 0) >= 1)

        fault.set(true)
        _ = try await client.send(
            try client.message(AcceptAssignment(assignmentId: UUID(), engineerId: UUID()), id: "poison"))
        try await eventually("it failed, was tried again, and is dead") {
            consumed(command, "parked") == 1 && value(MetricCatalog.retriedMessages, ["outcome": "dead"]) == 1
        }
        // What was rolled back is not counted.
        #expect(consumed(command, "applied") == 1)
        try await eventually(within: .seconds(30), "the store is looked at") {
            value(MetricCatalog.deadMessages, ["reason": "handler-failed"]) == 1
                && value(MetricCatalog.deadMessages, ["reason": "undecodable"]) == 1
                && value(MetricCatalog.parkedMessages, ["reason": "handler-failed"]) == 0
        }
        // Looked at every five seconds: what is shown may still be from before the consumers were connected.
        try await eventually(within: .seconds(30), "the broker is seen to be up") {
            value(MetricCatalog.dependencyUp, ["dependency": "broker"]) == 1
        }
        _ = try await client.ask(DispatchTotalsQuery())
        try await eventually("the query is counted") {
            value(MetricCatalog.queries, ["query": "dispatch.totals", "outcome": "answered"]) == 1
        }
        await client.close()
        await service.stop()
    }
}
