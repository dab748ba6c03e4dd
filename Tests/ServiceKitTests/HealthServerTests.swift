import FlyingFox
import FlyingSocks
import Foundation
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import ServiceKit

@Suite("Health and metrics over HTTP")
struct HealthServerTests {
    private struct Broken: Error, CustomStringConvertible { let description: String }

    private let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    private func server(port: UInt16 = 0, checks: [HealthCheck]) throws -> HealthServer {
        try HealthServer(
            service: "intake", instance: "a-1", host: "127.0.0.1", port: port, checks: checks,
            metrics: MetricsRegistry(), logger: logger)
    }

    private func get(_ path: String, port: UInt16) async throws -> (status: Int, type: String?, body: String) {
        var client = HTTPClient()
        let response = try await client.sendHTTPRequest(
            HTTPRequest(
                method: .GET, version: .http11, path: path, query: [], headers: [.host: "127.0.0.1"], body: Data()),
            to: try sockaddr_in.inet(ip4: "127.0.0.1", port: port))
        let body = String(decoding: try await response.bodyData, as: UTF8.self)
        return (response.statusCode.code, response.headers[.contentType], body)
    }

    /// Runs a server in a service group, and shuts the group down gracefully after `body`.
    private func serving(_ checks: [HealthCheck], _ body: (UInt16) async throws -> Void) async throws {
        let server = try server(checks: checks)
        let group = ServiceGroup(services: [server], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            try await body(server.boundPort())
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    @Test("a service whose checks pass is live and ready, and tells its details")
    func ready() async throws {
        let checks = [
            HealthCheck("database") { nil }, HealthCheck("broker") { nil }, HealthCheck("migration") { "K0001 V0003" },
        ]
        try await serving(checks) { port in
            #expect(try await get("/livez", port: port).status == 200)
            let ready = try await get("/readyz", port: port)
            #expect(ready.status == 200 && ready.type == "application/json")
            let report = try JSONDecoder().decode(HealthReport.self, from: Data(ready.body.utf8))
            #expect(report.status == .ok && report.service == "intake" && report.instance == "a-1")
            #expect(Set(report.checks.keys) == ["database", "broker", "migration"])
            #expect(report.checks["migration"]?.detail == "K0001 V0003")
        }
    }

    @Test("one failing check makes a service unready, with the reason, while it stays live")
    func unready() async throws {
        let checks = [
            HealthCheck("database") { throw Broken(description: "connection refused") }, HealthCheck("broker") { nil },
        ]
        try await serving(checks) { port in
            let ready = try await get("/readyz", port: port)
            #expect(ready.status == 503)
            let report = try JSONDecoder().decode(HealthReport.self, from: Data(ready.body.utf8))
            #expect(report.status == .failed)
            #expect(report.checks["database"]?.reason == "connection refused")
            #expect(report.checks["broker"]?.status == .ok)
            #expect(try await get("/livez", port: port).status == 200)
        }
    }

    @Test("what a service can do without for a while is told of, and does not make it unready")
    func notVital() async throws {
        let checks = [
            HealthCheck("database", isVital: false) { throw Broken(description: "connection refused") },
            HealthCheck("broker") { nil },
        ]
        try await serving(checks) { port in
            let ready = try await get("/readyz", port: port)
            #expect(ready.status == 200)
            let report = try JSONDecoder().decode(HealthReport.self, from: Data(ready.body.utf8))
            #expect(report.status == .ok && report.checks["database"]?.reason == "connection refused")
        }
    }

    @Test("a check that does not answer counts as failed")
    func timeout() async throws {
        let asked: [(name: String, asked: String?)] = [("broker", nil), ("database", "postgres:5432")]
        let silent = asked.map { name, asked in
            HealthCheck(name, asking: asked, timeout: .milliseconds(1)) {
                try await Task.sleep(for: .seconds(3600))
                return nil
            }
        }
        let report = await HealthReport.of(silent, service: "intake", instance: "a-1")
        #expect(report.status == .failed)
        #expect(report.checks["broker"]?.reason?.hasPrefix("no answer within") == true)
        #expect(report.checks["database"]?.reason?.hasPrefix("no answer from postgres:5432 within") == true)
    }

    @Test("metrics are served as Prometheus text, and nothing else is served")
    func metrics() async throws {
        try await serving([]) { port in
            let page = try await get("/metrics", port: port)
            #expect(page.status == 200 && page.type == "text/plain; version=0.0.4; charset=utf-8")
            #expect(page.body.contains("process_cpu_seconds_total"))
            #expect(try await get("/", port: port).status == 404)
        }
    }

    @Test("the last service of a group stops first, so a leaving copy is out of sight before its work ends")
    func stopsFirst() async throws {
        let order = Mutex<[String]>([])
        struct Worker: Service {
            let onShutdown: @Sendable () async -> Void
            func run() async throws {
                try await gracefulShutdown()
                await onShutdown()
            }
        }
        let health = try server(checks: [])
        let worker = Worker {
            order.withLock { $0.append(("worker stops")) }
            #expect(await health.isListening == false)
        }
        let group = ServiceGroup(services: [worker, health], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            _ = try await health.boundPort()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        #expect(order.withLock { $0 } == ["worker stops"])
    }

    @Test("a port that is taken, and a host that is no address, are errors that name them")
    func cannotListen() async throws {
        try await serving([]) { port in
            let second = try server(port: port, checks: [])
            let error = await #expect(throws: HealthServerError.self) { try await second.run() }
            #expect(error?.description.contains("port \(port)") == true)
        }
        #expect(throws: HealthServerError.badHost("nowhere")) {
            try HealthServer(
                service: "x", instance: "x", host: "nowhere", port: 0, checks: [], metrics: MetricsRegistry(),
                logger: logger)
        }
    }

    @Test("the probe is 0 for a ready service, 1 for an unready one and for one that is not there")
    func probe() async throws {
        var gone: UInt16 = 0
        try await serving([HealthCheck("database") { nil }]) { port in
            gone = port
            let (isReady, answer) = await ServiceProbe(host: "0.0.0.0", port: port).ask()
            #expect(isReady && answer.contains("database"))
        }
        #expect(await ServiceProbe(host: "127.0.0.1", port: gone).ask().isReady == false)
        try await serving([HealthCheck("database") { throw Broken(description: "gone away") }]) { port in
            let (isReady, answer) = await ServiceProbe(host: "127.0.0.1", port: port).ask()
            #expect(!isReady && answer.contains("gone away"))
        }
    }
}
