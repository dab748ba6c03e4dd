import FlyingFox
import FlyingSocks
import Foundation
import FoundationNetworking
import ServiceKit
import Testing

@Suite("A request that is cancelled")
struct RequestCancellationTests {
    private func serving(
        _ answer: @escaping @Sendable () async throws -> HTTPResponse,
        _ body: (URLRequest, URLSession) async throws -> Void
    ) async throws {
        let server = HTTPServer(address: try sockaddr_in.inet(ip4: "127.0.0.1", port: 0), logger: .disabled)
        await server.appendRoute("*") { _ in try await answer() }
        let task = Task { try await server.run() }
        try await server.waitUntilListening(timeout: 60)
        guard case .ip4(_, let port) = await server.listeningAddress,
            let url = URL(string: "http://127.0.0.1:\(port)/")
        else { throw URLError(.badURL) }
        let session = URLSession.withoutStores(patience: 3_600)
        try await body(URLRequest(url: url), session)
        session.invalidateAndCancel()
        await server.stop(timeout: 0)
        _ = await task.result
    }

    @Test(
        "ends, whether the answer or the cancellation comes first: many times at about the same moment",
        .timeLimit(.minutes(5)))
    func crossing() async throws {
        try await serving({ HTTPResponse(statusCode: .ok, body: Data("here".utf8)) }) { request, session in
            var took = Duration.milliseconds(2)
            var (answered, cancelled) = (0, 0)
            for round in 0..<600 {
                let asked = ContinuousClock.now
                let answer = Task { try await session.answer(to: request) }
                // A little before, at, and a little after the moment at which the last answer came.
                let moment = took * (0.7 + 0.1 * Double(round % 6))
                while ContinuousClock.now - asked < moment { await Task.yield() }
                answer.cancel()
                do {
                    #expect(String(decoding: try await answer.value.0, as: UTF8.self) == "here")
                    took = (took * 3 + (ContinuousClock.now - asked)) / 4
                    answered += 1
                } catch {
                    #expect((error as? URLError)?.code == .cancelled)
                    took = took * 1.02
                    cancelled += 1
                }
            }
            #expect(answered > 0 && cancelled > 0)
        }
    }

    @Test(
        "throws though nobody ever answers, whether it is cancelled under way or before it begins",
        .timeLimit(.minutes(5)))
    func unanswered() async throws {
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        try await serving({
            arrived.yield()
            try await Task.sleep(for: .seconds(3600))
            return HTTPResponse(statusCode: .ok)
        }) { request, session in
            let underWay = Task { try await session.answer(to: request) }
            for await _ in arrivals { break }
            underWay.cancel()
            await isCancelled(underWay)
            let early = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await session.answer(to: request)
            }
            await isCancelled(early)
        }
    }

    private func isCancelled(_ request: Task<(Data, URLResponse), any Error>) async {
        let error = await #expect(throws: URLError.self) { try await request.value }
        #expect(error?.code == .cancelled)
    }
}
