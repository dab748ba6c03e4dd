import AMQP
import Crypto
import DomainContracts
import FlyingFox
import FlyingSocks
import Foundation
import Logging
import ServiceKit

@testable import Console

/// The door on a free port, before a broker that is not there.
struct DoorBench {
    static let secret = String(repeating: "k", count: 32)

    struct Reply {
        var status: Int
        var headers: [String: String]
        var body: Data

        func problem() throws -> Problem { try WireJSON.decoder().decode(Problem.self, from: body) }
    }

    /// Opens a door for as long as `body` takes.
    func withDoor(
        requestsAMinute: Int = 0, readModels: ReadModels? = nil, attachments: (any AttachmentStore)? = nil,
        mostBytes: Int = 1_000_000, bytesAnHour: Int = 0, broker: String = "amqp://guest:guest@127.0.0.1:1/none",
        scopes: ScopeBook? = nil,
        signIn: SignInDesk? = nil, audit: AuditTrail? = nil,
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        _ body: (_ send: (HTTPRequest) async throws -> Reply) async throws -> Void
    ) async throws {
        let requester = AMQPRequester(
            try AMQPConfiguration(url: broker, connectionName: "test"))
        let links = LinkSigner(secret: Self.secret)
        let keys = SigningKeys([(nil, .hs256(SymmetricKey(data: Data(Self.secret.utf8))))])
        let door = try HTTPDoor(
            host: "127.0.0.1", port: 0,
            gate: Gate(keys: keys, limiter: RateLimiter(requestsAMinute: requestsAMinute)),
            router: Router(
                ConsoleApp.routes(
                    ServiceDesk(requester: requester, readModels: readModels, otherScopes: scopes), links: links,
                    attachments: AttachmentDesk(
                        store: attachments, links: links, mostBytes: mostBytes,
                        budget: UploadBudget(bytesAnHour: bytesAnHour, mostBytes: mostBytes)),
                    labels: LabelDesk(page: ""), signIn: signIn ?? SignInDesk(issuer: nil, throttle: SignInThrottle()))),
            audit: audit ?? AuditTrail(logger: logger) { _ in .done }, logger: logger)
        let task = Task { try await door.run() }
        let port = try await door.boundPort()
        let address = try sockaddr_in.inet(ip4: "127.0.0.1", port: port)
        do {
            try await body { request in
                var client = HTTPClient()
                let response = try await client.sendHTTPRequest(request, to: address)
                var headers: [String: String] = [:]
                for (name, value) in response.headers { headers[name.rawValue.lowercased()] = value }
                return Reply(
                    status: response.statusCode.code, headers: headers, body: try await response.bodyData)
            }
        } catch {
            task.cancel()
            throw error
        }
        task.cancel()
        _ = await task.result
        await requester.close()
    }

    func request(
        _ method: HTTPMethod, _ path: String, _ body: String = "", headers: [String: String] = [:]
    ) -> HTTPRequest {
        request(method, path, data: Data(body.utf8), headers: headers)
    }

    func request(
        _ method: HTTPMethod, _ path: String, data: Data, headers: [String: String]
    ) -> HTTPRequest {
        var all: [HTTPHeader: String] = [HTTPHeader("Content-Type"): "application/json", .host: "test"]
        for (name, value) in headers { all[HTTPHeader(name)] = value }
        return HTTPRequest(method: method, version: .http11, path: path, query: [], headers: all, body: data)
    }

    func bearer(
        _ roles: [String], lasting seconds: TimeInterval = 60, subject: String = "li.na",
        scope: BearerToken.Scope = BearerToken.Scope()
    ) throws -> [String: String] {
        let token = try BearerToken.make(
            for: subject, roles: roles, until: Date().addingTimeInterval(seconds), secret: Self.secret, scope: scope)
        return ["Authorization": "Bearer \(token)"]
    }
}
