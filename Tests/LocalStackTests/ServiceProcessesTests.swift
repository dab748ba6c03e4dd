import Foundation
import ServiceTesting
import Testing

@testable import LocalStack

/// Stand-ins for the services: they answer `/readyz` with their environment, and `migrate` by appending a line.
@Suite("The services as processes", .serialized, .enabled(if: access("/usr/bin/python3", X_OK) == 0, "needs Python"))
struct ServiceProcessesTests {
    @Test("each copy gets its own role, port and name, is ready when start returns, and is gone after stop")
    func copies() async throws {
        let (services, folder) = try await make()
        try await services.migrate()
        let migrated = try #require(PrivateFile.read(folder + "/migrated")).split(separator: "\n").map(String.init)
        #expect(migrated == LocalService.allCases.map(\.role))

        let copies = try await services.start(copies: 2)
        #expect(copies.count == 12)
        #expect(Set(copies.map(\.httpPort)).count == 12)
        for copy in copies {
            let answer = try #require(await LoopbackHTTP(port: copy.httpPort, path: "/readyz").send())
            let role = try #require(LocalService(rawValue: copy.service)).role
            #expect(answer.body == "\(copy.name) \(role) passed-on")
        }
        let processes = copies.compactMap { process($0, of: services) }
        #expect(processes.count == 12)
        try await services.start(copies: 2)
        #expect(processes == copies.compactMap { process($0, of: services) })

        try await services.start(copies: 1)
        #expect(services.copies.count == 6)
        try await services.stop()
        #expect(try await areGone(processes))
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test("a killed copy starts again on its port; one that ignores SIGTERM is killed after the grace")
    func faults() async throws {
        let (services, folder) = try await make()
        let first = try await services.start(.billing)
        try await services.kill(.billing)
        #expect(services.processID(.billing) == nil)
        #expect(try await services.start(.billing) == first)

        services.freeze(.billing)
        services.thaw(.billing)
        try PrivateFile.write("", to: folder + "/stubborn")
        try await services.kill(.billing)
        let again = try await services.start(.billing)
        let stubborn = try #require(process(again, of: services))
        try await services.stop(.billing, grace: .milliseconds(200))
        #expect(services.processID(.billing) == nil)
        #expect(try await areGone([stubborn]))
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test("settings of one start are that start's alone; how a copy ends by itself is told, or that it does not")
    func oneStart() async throws {
        let (services, folder) = try await make()
        func extra(_ copy: ServiceProcesses.Copy) async throws -> Substring? {
            try #require(await LoopbackHTTP(port: copy.httpPort, path: "/readyz").send()).body.split(separator: " ")
                .last
        }
        let own = ["MENDLOOP_EXTRA": "this-time"]
        #expect(try await extra(try await services.start(.intake, environment: own)) == "this-time")
        try await services.kill(.intake)
        #expect(try await extra(try await services.start(.intake)) == "passed-on")
        try await services.kill(.intake)
        #expect(try await services.runToItsEnd(.intake, environment: own, within: .milliseconds(100)) == nil)
        try await services.kill(.intake)
        try PrivateFile.write("#!/bin/sh\nkill -KILL $$\n", to: folder + "/intake", mode: 0o755)
        #expect(try await services.runToItsEnd(.intake, environment: own, within: .seconds(20)) == 128 + SIGKILL)
        try PrivateFile.write("#!/bin/sh\nexit 3\n", to: folder + "/intake", mode: 0o755)
        #expect(try await services.runToItsEnd(.intake, environment: own, within: .seconds(20)) == 3)
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test("a service that ends at its start is reported with what it wrote")
    func failing() async throws {
        let (services, folder) = try await make()
        try PrivateFile.write("#!/bin/sh\necho no such thing\nexit 1\n", to: folder + "/intake", mode: 0o755)
        let error = try await #require(throws: StackError.self) { try await services.start(.intake) }
        #expect(error.description.contains("no such thing"))
        try FileManager.default.removeItem(atPath: folder)
    }

    private func process(_ copy: ServiceProcesses.Copy, of services: ServiceProcesses) -> ProcessIdentity? {
        services.stack.folder.record(copy.recordName).process
    }

    /// Whether processes that have ended are reaped as well, which comes a moment later.
    private func areGone(_ processes: [ProcessIdentity]) async throws -> Bool {
        guard !processes.contains(where: \.isAlive) else { return false }
        return try await becomesTrue(within: .seconds(10)) {
            processes.allSatisfy { ProcessStat(pid: $0.pid)?.startTime != $0.startTime }
        }
    }

    /// Services that need no servers: the folder holds addresses, and nobody listens there.
    private func make() async throws -> (ServiceProcesses, String) {
        let folder = try TemporaryFolder.make(prefix: "mendloop-services-")
        let stack = LocalStack(folder: folder, purpose: .throwaway)
        try stack.folder.create()
        _ = try await StackSettings.make(for: stack.folder)
        _ = try StackCredentials.loadOrMake(in: stack.folder)
        try Watchdog.watch(stack.folder, dataFolder: folder + "/data")
        for service in LocalService.allCases {
            try PrivateFile.write(standIn(folder), to: "\(folder)/\(service.name)", mode: 0o755)
        }
        let services = try ServiceProcesses(
            stack: stack, executables: folder, environment: ["MENDLOOP_EXTRA": "passed-on"])
        return (services, folder)
    }

    private func standIn(_ folder: String) -> String {
        """
        #!/usr/bin/python3
        import http.server, os, signal, sys, urllib.parse
        role = urllib.parse.urlparse(os.environ["MENDLOOP_DATABASE_URL"]).username
        if sys.argv[1:] == ["migrate"]:
            open("\(folder)/migrated", "a").write(role + "\\n")
            sys.exit(0)
        if os.path.exists("\(folder)/stubborn"):
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        body = " ".join([os.environ["MENDLOOP_INSTANCE"], role, os.environ["MENDLOOP_EXTRA"]]).encode()
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200 if self.path == "/readyz" else 404)
                self.end_headers()
                self.wfile.write(body)
        http.server.HTTPServer(("127.0.0.1", int(os.environ["MENDLOOP_HTTP_PORT"])), Handler).serve_forever()

        """
    }
}
