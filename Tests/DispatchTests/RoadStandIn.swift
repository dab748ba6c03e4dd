import FlyingFox
import FlyingSocks
import Foundation
import ServiceTesting
import Synchronization

/// An outside party on the loopback interface: a road service that answers tables, or does not.
final class RoadStandIn: Sendable {
    enum Mood: Sendable {
        /// Seconds from a place to another, each as latitude and longitude; nil is no road.
        case answers(@Sendable (_ from: [Double], _ to: [Double]) -> Double?)
        case says(HTTPStatusCode, String)
        case hangs
    }

    /// Keeps the port while there is no server.
    private let door: FaultProxy
    private let server: Mutex<(server: HTTPServer, task: Task<Void, any Error>)>
    private let mood: Mutex<Mood>
    private let paths = Mutex<[String]>([])

    var base: String { "http://127.0.0.1:\(door.port)" }
    /// What was asked, without the host.
    var asked: [String] { paths.withLock { $0 } }

    init(_ mood: Mood = .answers { _, _ in 600 }) async throws {
        let (server, task, port) = try await Self.start()
        self.server = Mutex((server, task))
        self.mood = Mutex(mood)
        door = try FaultProxy(to: port)
        await serve(server)
    }

    func set(_ mood: Mood) { self.mood.withLock { $0 = mood } }

    /// Gone: whoever connects is cut off, until it is started again.
    func die() async {
        let (server, task) = self.server.withLock { $0 }
        await server.stop(timeout: 0)
        _ = await task.result
        door.cut()
    }

    func startAgain() async throws {
        let (server, task, port) = try await Self.start()
        self.server.withLock { $0 = (server, task) }
        await serve(server)
        door.lead(to: port)
    }

    private static func start() async throws -> (server: HTTPServer, task: Task<Void, any Error>, port: UInt16) {
        let server = HTTPServer(address: try sockaddr_in.inet(ip4: "127.0.0.1", port: 0), logger: .disabled)
        let task = Task { try await server.run() }
        try await server.waitUntilListening(timeout: 60)
        guard case .ip4(_, let port) = await server.listeningAddress else { throw NoAddress() }
        return (server, task, port)
    }

    private func serve(_ server: HTTPServer) async {
        await server.appendRoute("GET /*") { [weak self] request in
            guard let self else { return HTTPResponse(statusCode: .internalServerError) }
            return try await answer(request)
        }
    }

    private func answer(_ request: HTTPRequest) async throws -> HTTPResponse {
        let query = request.query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        paths.withLock { $0.append("\(request.path)?\(query)") }
        switch mood.withLock({ $0 }) {
        case .says(let status, let text): return HTTPResponse(statusCode: status, body: Data(text.utf8))
        case .hangs:
            // Ends when the server is stopped.
            await forever()
            return HTTPResponse(statusCode: .internalServerError)
        case .answers(let seconds):
            return HTTPResponse(statusCode: .ok, body: Data(try table(request, seconds).utf8))
        }
    }

    private func table(_ request: HTTPRequest, _ seconds: ([Double], [Double]) -> Double?) throws -> String {
        guard let list = request.path.split(separator: "/").last else { throw NoAddress() }
        let places = list.split(separator: ";").map { pair in
            Array(pair.split(separator: ",").compactMap { Double($0) }.reversed())
        }
        func chosen(_ name: String) -> [[Double]] {
            let numbers = request.query.first { $0.name == name }?.value.split(separator: ";") ?? []
            return numbers.compactMap { Int($0) }.map { places[$0] }
        }
        let destinations = chosen("destinations")
        let rows = chosen("sources").map { from in
            "[" + destinations.map { seconds(from, $0).map { "\($0)" } ?? "null" }.joined(separator: ",") + "]"
        }
        return "{\"code\":\"Ok\",\"durations\":[\(rows.joined(separator: ","))]}"
    }

    struct NoAddress: Error {}
}

/// Until the task is cancelled.
private func forever() async {
    let (stream, _) = AsyncStream<Void>.makeStream()
    for await _ in stream {}
}
