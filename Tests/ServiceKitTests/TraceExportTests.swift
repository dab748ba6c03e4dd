import AMQP
import DomainContracts
import FlyingFox
import FlyingSocks
import Foundation
import ServiceTesting
import Synchronization
import Testing

@testable import ServiceKit

/// What stands in for an OpenTelemetry collector: it keeps the spans it is sent.
private final class StandInCollector: Sendable {
    struct Received: Decodable {
        struct Resource: Decodable { let attributes: [Attribute] }
        struct Attribute: Decodable {
            struct Value: Decodable { let stringValue: String }
            let key: String
            let value: Value
        }
        struct Scope: Decodable { let spans: [Line] }
        struct Line: Decodable {
            struct Status: Decodable { let code: Int }
            let traceId: String
            let spanId: String
            let parentSpanId: String?
            let name: String
            let kind: Int
            let startTimeUnixNano: String
            let endTimeUnixNano: String
            let attributes: [Attribute]
            let status: Status

            subscript(name: String) -> String? { attributes.first { $0.key == name }?.value.stringValue }
        }
        struct Group: Decodable {
            let resource: Resource
            let scopeSpans: [Scope]
        }
        let resourceSpans: [Group]
    }

    private let server: HTTPServer
    private let task: Task<Void, any Error>
    private let groups = Mutex<[Received.Group]>([])
    private let answer = Mutex(200)

    init() async throws {
        let server = HTTPServer(address: try sockaddr_in.inet(ip4: "127.0.0.1", port: 0), logger: .disabled)
        self.server = server
        task = Task { try await server.run() }
        await server.appendRoute("POST /v1/traces") { [weak self] request in
            let body = try JSONDecoder().decode(Received.self, from: try await request.bodyData)
            let status = self?.answer.withLock { $0 } ?? 500
            if status == 200 { self?.groups.withLock { $0 += body.resourceSpans } }
            return HTTPResponse(statusCode: HTTPStatusCode(status, phrase: ""))
        }
        try await server.waitUntilListening()
    }

    deinit { task.cancel() }

    var url: URL {
        get async throws {
            guard case .ip4(_, let port)? = await server.listeningAddress else { throw CancellationError() }
            return try #require(URL(string: "http://127.0.0.1:\(port)"))
        }
    }

    func answers(_ status: Int) { answer.withLock { $0 = status } }

    var spans: [Received.Line] { groups.withLock { $0.flatMap(\.scopeSpans).flatMap(\.spans) } }

    var services: Set<String> {
        Set(
            groups.withLock { $0.flatMap(\.resource.attributes) }.filter { $0.key == "service.name" }.map(
                \.value.stringValue))
    }
}

@Suite("Traces, to a collector")
struct TraceExportTests {
    @Test("a command's handling, and each event that came of it, are spans of the sender's story, one under the other")
    func story() async throws {
        let collector = try await StandInCollector()
        let definition = try Sample.definition()
        let service = try await RunningService.start(
            definition, on: try await TestSite.fresh(definition), traces: try await collector.url)
        let client = try service.client()
        let heard = try await client.listen("dispatch.#")

        let sender = TraceContext()
        var command = try client.message(AcceptAssignment(assignmentId: UUID(), engineerId: UUID()), id: "traced")
        command.properties.headers["traceparent"] = .string(sender.traceparent)
        _ = try await client.send(command)
        let handled = try await eventually("the handling is told") {
            collector.spans.first { $0["messaging.message.id"] == "traced" }
        }
        #expect(handled.traceId == sender.traceID)
        #expect(handled.parentSpanId == sender.spanID)
        #expect(handled.name == "process dispatch.commands")
        #expect(handled.kind == 5)
        #expect(handled["mendloop.outcome"] == "applied")
        #expect(handled["mendloop.message.type"] == AcceptAssignment.wireType)
        #expect(try #require(Int(handled.endTimeUnixNano)) >= #require(Int(handled.startTimeUnixNano)))

        let event = try #require(try await heard.nextBatch(limit: 1).first)
        guard case .string(let header)? = event.properties.headers["traceparent"] else {
            Issue.record("the event bears no traceparent")
            return
        }
        let hop = try #require(TraceContext(traceparent: header))
        let sent = try await eventually("the publishing is told") {
            collector.spans.first { $0.spanId == hop.spanID }
        }
        #expect(sent.traceId == sender.traceID)
        #expect(sent.parentSpanId == handled.spanId)
        #expect(sent.kind == 4)
        #expect(sent.status.code == 0)
        #expect(collector.services == ["dispatch"])
        await heard.close()
        await client.close()
        await service.stop()
    }

    @Test(
        "a message without a trace begins one; what its sender does not record is not sent; no collector holds nothing up"
    )
    func beginnings() async throws {
        let collector = try await StandInCollector()
        collector.answers(503)
        let definition = try Sample.definition()
        let service = try await RunningService.start(
            definition, on: try await TestSite.fresh(definition), traces: try await collector.url)
        let client = try service.client()
        func ask(_ id: String, _ context: TraceContext?) async throws {
            var command = try client.message(AcceptAssignment(assignmentId: UUID(), engineerId: UUID()), id: id)
            if let context { command.properties.headers["traceparent"] = .string(context.traceparent) }
            let _: CommandAnswer = try await client.reply(to: command, accepted: AcceptAssignment.acceptedType)
        }
        try await ask("lost", nil)
        try await eventually("the collector turned it away") { collector.spans.isEmpty }
        collector.answers(200)
        try await ask("unrecorded", TraceContext(sampled: false))
        try await ask("first", nil)
        let first = try await eventually("what came after is told") {
            collector.spans.first { $0["messaging.message.id"] == "first" }
        }
        #expect(first.parentSpanId == nil)
        #expect(!collector.spans.contains { $0["messaging.message.id"] == "unrecorded" })
        await client.close()
        await service.stop()
    }

    private typealias CommandAnswer = AcceptAssignment.Reply
}
