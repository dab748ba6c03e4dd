import FlyingFox
import FlyingSocks
import Foundation
import Logging
import ServiceLifecycle

/// The service's only HTTP: `/livez` (the process answers), `/readyz` (200 when every vital check passes, else 503; JSON
/// either way) and `/metrics` (Prometheus text). No payloads, no personal data, no commands.
///
/// In a `ServiceGroup` it stands last: services are shut down from the last to the first, so that a copy that is leaving
/// is not ready before its consumer lets go.
public struct HealthServer: Service {
    private let service: String
    private let instance: String
    private let host: String
    private let port: UInt16
    private let server: HTTPServer
    private let checks: [HealthCheck]
    private let metrics: MetricsRegistry
    private let logger: Logger

    /// - Parameter checks: what `/readyz` asks; their names have to differ.
    /// - Throws: ``HealthServerError`` when the host is no address of this machine's kind.
    public init(
        _ settings: ServiceSettings, checks: [HealthCheck], metrics: MetricsRegistry, logger: Logger
    ) throws(HealthServerError) {
        try self.init(
            service: settings.service, instance: settings.instance, host: settings.httpHost, port: settings.httpPort,
            checks: checks, metrics: metrics, logger: logger)
    }

    /// As above, for a program that is none of the services behind the broker.
    public init(
        service: String, instance: String, host: String, port: UInt16, checks: [HealthCheck],
        metrics: MetricsRegistry, logger: Logger
    ) throws(HealthServerError) {
        self.service = service
        self.instance = instance
        self.host = host
        self.port = port
        self.checks = checks
        self.metrics = metrics
        self.logger = logger
        let address = try ListeningAddress.of(host: host, port: port)
        server = HTTPServer(address: address, timeout: 10, logger: .disabled)
    }

    public func run() async throws {
        await addRoutes()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                do {
                    try await server.run()
                } catch {
                    try Task.checkCancellation()
                    // Also what a stopped server ends with; then nobody hears it any more.
                    throw HealthServerError.cannotListen(host: host, port: port, reason: "\(error)")
                }
                return true
            }
            group.addTask {
                try await gracefulShutdown()
                return false
            }
            group.addTask {
                let port = try await boundPort()
                logger.info("health and metrics are served", metadata: ["host": "\(host)", "port": "\(port)"])
                return true
            }
            while let goesOn = try await group.next(), goesOn {}
            await server.stop(timeout: 1)
            group.cancelAll()
            while await group.nextResult() != nil {}
        }
    }

    /// The port that the server listens on, once it does: another than the one asked for if that was 0.
    func boundPort() async throws -> UInt16 {
        try await server.waitUntilListening()
        switch await server.listeningAddress {
        case .ip4(_, let port), .ip6(_, let port): return port
        case .unix, nil: return port
        }
    }

    /// Whether somebody who asks gets an answer.
    var isListening: Bool {
        get async { await server.isListening }
    }

    private func addRoutes() async {
        await server.appendRoute("GET /livez") { _ in
            HTTPResponse(statusCode: .ok, headers: [.contentType: "text/plain"], body: Data("ok\n".utf8))
        }
        await server.appendRoute("GET /readyz") { _ in
            let report = await HealthReport.of(checks, service: service, instance: instance)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return HTTPResponse(
                statusCode: report.status == .ok ? .ok : .serviceUnavailable,
                headers: [.contentType: "application/json"], body: try encoder.encode(report))
        }
        await server.appendRoute("GET /metrics") { _ in
            HTTPResponse(
                statusCode: .ok, headers: [.contentType: PrometheusText.contentType],
                body: Data(metrics.prometheusText().utf8))
        }
    }
}

/// Why health and metrics are not served.
public enum HealthServerError: Error, Equatable, CustomStringConvertible {
    /// The host is neither an IPv4 nor an IPv6 address.
    case badHost(String)
    /// The address is not this machine's, or the port is taken or not allowed.
    case cannotListen(host: String, port: UInt16, reason: String)

    public var description: String {
        switch self {
        case .badHost(let host): "MENDLOOP_HTTP_HOST is “\(host)”; expected an IPv4 or IPv6 address"
        case .cannotListen(let host, let port, let reason): "cannot listen on \(host) port \(port): \(reason)"
        }
    }
}

/// An address to listen on or to ask.
package enum ListeningAddress {
    package static func of(host: String, port: UInt16) throws(HealthServerError) -> any SocketAddress {
        do {
            if host.contains(":") { return try sockaddr_in6.inet6(ip6: host, port: port) }
            return try sockaddr_in.inet(ip4: host == "localhost" ? "127.0.0.1" : host, port: port)
        } catch {
            throw .badHost(host)
        }
    }
}
