import DomainContracts
import FlyingFox
import Foundation
import Logging
import Passwords
import ServiceKit
import ServiceTesting
import Synchronization
import Testing

@testable import Console

/// Console whole: its door and what is behind it, on real servers, with a clock of the test's own.
struct UserBench {
    /// Real time as the test says it is.
    final class Clock: Sendable {
        private let time = Mutex(Date().inWholeMilliseconds)
        var now: Date { time.withLock { $0 } }
        func advance(_ seconds: TimeInterval) { time.withLock { $0 += seconds } }
    }

    static let cheap = PasswordHash.Cost(rounds: 1 << 10, blockSize: 8, parallelism: 1)
    static let password = "kettle seven moth"

    let site: TestSite
    let service: RunningService
    let client: TestClient
    let clock = Clock()
    let door = DoorBench()

    static func start() async throws -> UserBench {
        let definition = try ReadModelsApp.definition { _, _ in nil }
        let site = try await TestSite.fresh(definition)
        let service = try await RunningService.start(definition, on: site)
        return UserBench(site: site, service: service, client: try service.client())
    }

    func stop() async {
        await client.close()
        await service.stop()
    }

    /// Opens a door, with new memory each time.
    func withDoor(
        cost: PasswordHash.Cost = cheap, freeByAddress: Int = 20, bench: HashBench = HashBench(),
        _ body: (_ send: (HTTPRequest) async throws -> DoorBench.Reply) async throws -> Void
    ) async throws {
        let signIn = SignInDesk(
            issuer: TokenIssuer(secret: DoorBench.secret), throttle: SignInThrottle(freeByAddress: freeByAddress),
            bench: bench, cost: cost, now: { [clock] in clock.now })
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        try await door.withDoor(
            readModels: ReadModels(pool: site.pool), broker: site.amqpURL, signIn: signIn,
            audit: AuditTrail(logger: logger, pool: site.pool), body)
    }

    /// Somebody who has changed his first password already.
    func add(_ login: String, roles: [UserRole] = [.agent], engineer: UUID? = nil, cost: PasswordHash.Cost = cheap)
        async throws -> UUID
    {
        let hash = try PasswordHash(of: Self.password, cost: cost).description
        let added = try await client.ask(
            AddUser(login: login, name: "赵磊", roles: roles, engineerId: engineer, passwordHash: hash))
        _ = try await client.ask(SetPassword(login: login, passwordHash: hash, isOneTime: false))
        return try #require(UUID(uuidString: String(added.subject.dropFirst("user/".count))))
    }

    func signIn(_ login: String, _ password: String = password) throws -> HTTPRequest {
        try post("/v1/sign-in", SignInRequest(login: login, password: password))
    }

    func post(_ path: String, _ body: some Encodable, headers: [String: String] = [:]) throws -> HTTPRequest {
        door.request(.POST, path, data: try JSONEncoder().encode(body), headers: headers)
    }
}

extension DoorBench.Reply {
    func read<T: Decodable>(_ type: T.Type = T.self) throws -> T { try WireJSON.decoder().decode(type, from: body) }
}
