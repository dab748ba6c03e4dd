import AMQP
import DomainContracts
import Foundation
import ServiceKit
import ServiceTesting
import Testing

@testable import Intake

/// What docs/adapters.md shows to be pasted, pasted.
@Suite("The adapter guide")
struct AdapterGuideTests {
    /// The guide's JSON, in order: a report, its acceptance, a rejection.
    private static func blocks() throws -> [Data] {
        let guide = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/adapters.md")
        return try String(contentsOf: guide, encoding: .utf8).matches(of: /```json\n((?s).*?)```/).map {
            Data($0.1.utf8)
        }
    }

    private static func members(_ data: Data) throws -> Set<String> {
        guard case .object(let members) = try WireJSON.decoder().decode(JSONValue.self, from: data) else { return [] }
        return Set(members.keys)
    }

    private static func message(_ body: Data, binary: Bool) throws -> OutgoingMessage {
        guard case .object(let event) = try WireJSON.decoder().decode(JSONValue.self, from: body) else {
            throw CocoaError(.coderInvalidValue)
        }
        let text = { (name: String) -> String? in
            guard case .string(let text)? = event[name] else { return nil }
            return text
        }
        var properties = AMQPProperties(
            contentType: "application/cloudevents+json", messageID: text("id"), type: text("type"))
        var bytes = Array(body)
        if binary {
            properties.contentType = "application/json"
            for name in ["id", "source", "type", "specversion", "time"] {
                properties.headers["ce-\(name)"] = text(name).map { .string($0) }
            }
            bytes = Array(try WireJSON.encoder().encode(event["data"] ?? .null))
        }
        return OutgoingMessage(
            exchange: MendloopTopology.commands, routingKey: "intake.report-repair.web", mandatory: true,
            properties: properties, body: bytes)
    }

    @Test("its report is taken in both forms, and its answers are what comes back")
    func pasted() async throws {
        let (report, acceptance, rejection) = try {
            let blocks = try Self.blocks()
            try #require(blocks.count == 3)
            return (blocks[0], blocks[1], blocks[2])
        }()
        let service = try await RunningService.start(try IntakeApp.definition(links: IntakeBench.links))
        let client = try service.client()
        let requester = AMQPRequester(try AMQPConfiguration(url: service.settings.amqpURL, connectionName: "adapter"))
        func send(_ body: Data, binary: Bool = false) async throws -> (type: String?, data: Data) {
            let delivery = try await requester.request(try Self.message(body, binary: binary), timeout: .seconds(20))
            guard
                case .object(let event) = try WireJSON.decoder().decode(JSONValue.self, from: Data(delivery.body)),
                let data = event["data"]
            else { return (delivery.properties.type, Data()) }
            return (delivery.properties.type, try WireJSON.canonicalEncoder().encode(data))
        }
        let accepted = try await send(report)
        #expect(accepted.type == "mendloop.intake.report-repair-accepted.v1")
        #expect(try Self.members(accepted.data) == Self.members(acceptance))
        // The same message in the other form: the present answer, and no second order.
        #expect(try await send(report, binary: true).type == accepted.type)
        #expect(try await client.ask(IntakeTotalsQuery()).workOrders == 1)

        let bad = String(decoding: report, as: UTF8.self).replacing("13800138000", with: "12")
            .replacing("web-2026-000117", with: "web-2026-000118")
        let rejected = try await send(Data(bad.utf8))
        #expect(rejected.type == "mendloop.intake.report-repair-rejected.v1")
        #expect(
            try WireJSON.decoder().decode(JSONValue.self, from: rejected.data)
                == WireJSON.decoder().decode(JSONValue.self, from: rejection))
        await requester.close()
        await client.close()
        await service.stop()
    }
}
