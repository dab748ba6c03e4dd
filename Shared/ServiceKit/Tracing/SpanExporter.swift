import Foundation
import FoundationNetworking
import Logging
import ServiceLifecycle
import Synchronization

/// Sends spans to an OpenTelemetry collector, as JSON over HTTP (OTLP/HTTP). What the collector does not take in time is lost,
/// and no message waits for it.
final class SpanExporter: Service, Sendable {
    /// More than these are not kept while the collector is away.
    private static let most = 4_096
    private static let portion = 512

    private let url: URL
    private let resource: OTLPSpans.Resource
    private let waiting = Mutex<[Span]>([])
    private let session: URLSession
    private let logger: Logger

    /// - Parameter endpoint: the collector's base address; spans go to `v1/traces` below it.
    init(endpoint: URL, service: String, instance: String, logger: Logger) {
        url = endpoint.appending(path: "v1/traces")
        resource = .init([
            ("service.name", service), ("service.namespace", "mendloop"), ("service.instance.id", instance),
        ])
        session = .withoutStores(patience: 5)
        self.logger = logger
    }

    deinit { session.invalidateAndCancel() }

    /// Keeps those whose story is recorded until they are sent.
    func add(_ spans: [Span]) {
        let sampled = spans.filter(\.context.isSampled)
        waiting.withLock { waiting in waiting += sampled.prefix(max(Self.most - waiting.count, 0)) }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var isTold = false
            while !Task.isCancelled {
                do {
                    while try await self.send() {}
                    isTold = false
                } catch {
                    if !isTold { self.logger.warning("spans cannot be sent", metadata: ["error": "\(error)"]) }
                    isTold = true
                }
                try? await Task.sleep(for: .seconds(1))
            }
        }
        // What the last messages left.
        let last = Task { while try await self.send() {} }
        _ = try? await last.value
    }

    /// Sends a portion; false when nothing waits.
    private func send() async throws -> Bool {
        let spans = waiting.withLock { waiting in
            defer { waiting.removeFirst(min(Self.portion, waiting.count)) }
            return Array(waiting.prefix(Self.portion))
        }
        if spans.isEmpty { return false }
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = try JSONEncoder().encode(OTLPSpans(resource, spans))
        let (_, response) = try await session.answer(to: request)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        guard (200..<300).contains(status) else { throw Refused(status: status) }
        return true
    }

    struct Refused: Error { let status: Int }
}

/// `ExportTraceServiceRequest` of OTLP, in its JSON form.
struct OTLPSpans: Encodable {
    struct Resource: Encodable {
        let attributes: [Attribute]

        init(_ attributes: [(key: String, value: String)]) { self.attributes = attributes.map(Attribute.init) }
    }

    struct Attribute: Encodable {
        struct Value: Encodable { let stringValue: String }

        let key: String
        let value: Value

        init(_ attribute: (key: String, value: String)) {
            key = attribute.key
            value = Value(stringValue: attribute.value)
        }
    }

    private struct Scope: Encodable { let name = "mendloop" }

    private struct ScopeSpans: Encodable {
        let scope = Scope()
        let spans: [Line]
    }

    private struct ResourceSpans: Encodable {
        let resource: Resource
        let scopeSpans: [ScopeSpans]
    }

    private struct Status: Encodable {
        /// 0 says nothing, 2 is an error.
        let code: Int
    }

    private struct Line: Encodable {
        let traceId: String
        let spanId: String
        let parentSpanId: String?
        let name: String
        let kind: Int
        let startTimeUnixNano: String
        let endTimeUnixNano: String
        let attributes: [Attribute]
        let status: Status

        init(_ span: Span) {
            traceId = span.context.traceID
            spanId = span.context.spanID
            parentSpanId = span.parent?.spanID
            name = span.name
            kind = span.kind.rawValue
            startTimeUnixNano = Self.nanoseconds(span.startedAt)
            endTimeUnixNano = Self.nanoseconds(max(span.endedAt, span.startedAt))
            attributes = span.attributes.map(Attribute.init)
            status = Status(code: span.isFailed ? 2 : 0)
        }

        private static func nanoseconds(_ date: Date) -> String {
            String(Int64(date.timeIntervalSince1970 * 1_000_000)) + "000"
        }
    }

    private let resourceSpans: [ResourceSpans]

    init(_ resource: Resource, _ spans: [Span]) {
        resourceSpans = [ResourceSpans(resource: resource, scopeSpans: [ScopeSpans(spans: spans.map(Line.init))])]
    }
}
