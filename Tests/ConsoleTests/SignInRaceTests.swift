import DomainContracts
import FlyingFox
import Foundation
import Passwords
import Postgres
import ServiceKit
import ServiceTesting
import Testing

@testable import Console

/// What happens to somebody between two steps of his signing in.
@Suite("Signing in, when something happens meanwhile", .serialized)
struct SignInRaceTests {
    @Test("who is blocked, or whose password is reset, while his own is being looked at does not get in")
    func overtaken() async throws {
        let bench = try await UserBench.start()
        let id = try await bench.add("li.na")
        let readModels = ReadModels(pool: bench.site.pool)
        let issuer = TokenIssuer(secret: DoorBench.secret)
        let desk = SignInDesk(issuer: issuer, throttle: SignInThrottle())
        func present() async throws -> User {
            let user = try await bench.site.pool.transaction { try await SignInDesk.user(id: id, on: $0) }
            return try #require(user)
        }
        let before = try await present()
        _ = try await desk.letIn(before, epoch: before.signInEpoch, issuer, readModels)
        let given = try PasswordHash(of: "quite another one", cost: UserBench.cheap).description
        _ = try await bench.client.ask(SetPassword(login: "li.na", passwordHash: given, isOneTime: false))
        let refusal = await #expect(throws: DoorRefusal.self) {
            try await desk.letIn(before, epoch: before.signInEpoch, issuer, readModels)
        }
        #expect(refusal?.problem.code == "sign-in-failed")
        let reset = try await present()
        _ = try await bench.client.ask(BlockUser(login: "li.na"))
        // What is his epoch now does not help who is blocked, and when he is let in again nothing of before holds.
        await #expect(throws: DoorRefusal.self) {
            try await desk.letIn(reset, epoch: reset.signInEpoch + 1, issuer, readModels)
        }
        _ = try await bench.client.ask(UnblockUser(login: "li.na"))
        await #expect(throws: DoorRefusal.self) {
            try await desk.letIn(reset, epoch: reset.signInEpoch, issuer, readModels)
        }
        await bench.stop()
    }

    @Test("what ends a family of tokens ends the one that is being given meanwhile", arguments: [true, false])
    func inFlight(bySignOut: Bool) async throws {
        let bench = try await UserBench.start()
        let (user, now, pool) = (UUID(), Date(), bench.site.pool)
        @Sendable func used(_ token: String, _ connection: PostgresConnection) async throws -> String {
            guard
                case .good(_, let family, let epoch, let ends) = try await RefreshTokens.use(
                    token, at: now, on: connection)
            else { throw CancellationError() }
            return try await RefreshTokens.give(
                to: user, epoch: epoch, family: family, familyEnds: ends, at: now, on: connection)
        }
        let first = try await pool.transaction { try await RefreshTokens.give(to: user, epoch: 1, at: now, on: $0) }
        let second = try await pool.transaction { try await used(first, $0) }
        let ending = try await pool.transaction { connection in
            let rows = try await connection.query("SELECT pg_backend_pid() AS pid")
            let pid: Int = try rows[0].get("pid")
            guard
                case .good(_, let family, _, let ends) = try await RefreshTokens.use(second, at: now, on: connection)
            else { throw CancellationError() }
            let ending = Task {
                try await pool.transaction { other in
                    if bySignOut {
                        _ = try await RefreshTokens.end(familyOf: first, on: other)
                    } else {
                        _ = try await RefreshTokens.use(first, at: now, on: other)
                    }
                }
            }
            try await eventually("the other waits for this one") {
                let rows = try await pool.query(
                    "SELECT count(*) AS n FROM pg_stat_activity WHERE \(pid)::int = ANY(pg_blocking_pids(pid))")
                return try rows[0].get("n", as: Int.self) == 1
            }
            _ = try await RefreshTokens.give(
                to: user, epoch: 1, family: family, familyEnds: ends, at: now, on: connection)
            return ending
        }
        try await ending.value
        let left = try await pool.query("SELECT count(*) AS n FROM refresh_token WHERE used_at IS NULL")
        #expect(try left[0].get("n", as: Int.self) == 0)
        await bench.stop()
    }

    @Test("a right password is no failure, whatever comes of it, and neither is one that nobody looked at")
    func forgiven() async throws {
        let bench = try await UserBench.start()
        _ = try await bench.add("li.na")
        try await bench.withDoor { send in
            for _ in 0...SignInThrottle.freeByLogin {
                let same = try await send(
                    bench.post(
                        "/v1/sign-in/password",
                        PasswordChange(
                            login: "li.na", password: UserBench.password, newPassword: UserBench.password)))
                let problem = try same.problem()
                #expect(same.status == 422 && problem.errors.map(\.pointer) == ["/newPassword"], "\(problem)")
                #expect(problem.errors.map(\.code) == ["unchanged"])
            }
        }
        try await bench.withDoor(bench: HashBench(mostWaiting: 0)) { send in
            for _ in 0...SignInThrottle.freeByLogin {
                let full = try await send(bench.signIn("li.na"))
                #expect(full.status == 429 && full.headers["retry-after"] == "1")
            }
        }
        try await bench.withDoor { send in
            #expect(try await send(bench.signIn("li.na")).status == 200)
            // What is held back for the login is not counted for the address.
            for _ in 0..<3 * SignInThrottle.freeByLogin { _ = try await send(bench.signIn("nobody", "guess guess")) }
            let rows = try await bench.site.pool.query(
                "SELECT failures FROM sign_in_failure WHERE source = 'address/127.0.0.1'")
            #expect(try rows[0].get("failures", as: Int.self) == SignInThrottle.freeByLogin)
        }
        await bench.stop()
    }

    @Test("a token that no longer holds keeps nobody from signing in or staying in, and lets nobody act")
    func expired() async throws {
        let bench = try await UserBench.start()
        _ = try await bench.add("li.na")
        try await bench.withDoor { send in
            let old = try bench.door.bearer(["agent"], lasting: -3_600)
            let login = SignInRequest(login: "li.na", password: UserBench.password)
            let signedIn: SignedIn = try await send(bench.post("/v1/sign-in", login, headers: old)).read()
            let refreshed = try await send(
                bench.post(
                    "/v1/sign-in/refresh", RefreshRequest(refreshToken: signedIn.refreshToken), headers: old))
            #expect(refreshed.status == 200)
            let cancel = CancelWorkOrder(workOrderId: UUID(), reason: .customerRequest)
            #expect(try await send(bench.post("/v1/customer/cancel", cancel, headers: old)).status == 401)
        }
        await bench.stop()
    }
}
