import FlyingFox
import FlyingSocks
import Foundation
import Synchronization
import Testing

@testable import MendloopCLI

@Suite("RabbitMQ's management interface")
struct BrokerManagementTests {
    /// Answers these statuses one after another, and the last one from then on.
    private func answering(
        _ statuses: [HTTPStatusCode], _ body: (BrokerManagement, _ asked: () -> Int) async throws -> Void
    ) async throws {
        let asked = Mutex(0)
        let server = HTTPServer(address: try sockaddr_in.inet(ip4: "127.0.0.1", port: 0), logger: .disabled)
        await server.appendRoute("*") { _ in
            let turn = asked.withLock { count in
                count += 1
                return count
            }
            return HTTPResponse(statusCode: statuses[min(turn, statuses.count) - 1], body: Data("[]".utf8))
        }
        let task = Task { try await server.run() }
        try await server.waitUntilListening(timeout: 60)
        guard case .ip4(_, let port) = await server.listeningAddress,
            let url = URL(string: "http://127.0.0.1:\(port)")
        else { throw CancellationError() }
        let management = BrokerManagement(url: url, user: "guest", password: "guest", virtualHost: "/")
        try await body(management) { asked.withLock(\.self) }
        await server.stop(timeout: 0)
        _ = await task.result
    }

    @Test("is asked again when it answers 500 once, as it does where a connection ends while it lists them")
    func again() async throws {
        try await answering([.internalServerError, .ok]) { management, asked in
            let connections = try await management.connections()
            #expect(connections.isEmpty)
            #expect(asked() == 2)
        }
    }

    @Test("is believed when it answers 500 again and again, at once when it refuses, and where something is taken away")
    func believed() async throws {
        try await answering([.internalServerError]) { management, asked in
            await #expect(throws: BrokerManagementFault.self) { try await management.connections() }
            #expect(asked() == 4)
        }
        try await answering([.notFound]) { management, asked in
            await #expect(throws: BrokerManagementFault.self) { try await management.connections() }
            #expect(asked() == 1)
        }
        for method in ["DELETE", "POST"] {
            try await answering([.internalServerError]) { management, asked in
                await #expect(throws: BrokerManagementFault.self) { try await management.send(method, "api/users/a") }
                #expect(asked() == 1)
            }
        }
    }
}
