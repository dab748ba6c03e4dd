import DomainContracts
import FlyingFox
import Foundation
import Passwords
import ServiceKit
import ServiceTesting
import Testing

@testable import Console

@Suite("Signing in, on real servers", .serialized)
struct SignInTests {
    @Test(
        "who is added changes his password first, and then is who he is; a stranger and a wrong password hear the same")
    func firstSignIn() async throws {
        let bench = try await UserBench.start()
        let engineer = UUID()
        try await bench.withDoor { send in
            let admin = try bench.door.bearer(["admin"])
            let user = NewUser(
                login: "Zhao.Lei", name: "赵磊", roles: [.engineer], engineerId: engineer, customerId: nil,
                regionCodes: nil, password: "first of all 1")
            let agent = try await send(
                bench.post("/v1/console/add-user", user, headers: bench.door.bearer(["manager"])))
            #expect(agent.status == 403)
            let added = try await send(bench.post("/v1/console/add-user", user, headers: admin))
            #expect(added.status == 200)
            let twice = try await send(bench.post("/v1/console/add-user", user, headers: admin))
            #expect(try twice.status == 409 && twice.problem().code == "login-taken")

            let early = try await send(bench.signIn("zhao.lei", "first of all 1"))
            #expect(try early.status == 403 && early.problem().code == "password-change-needed")
            let weak = PasswordChange(login: "zhao.lei", password: "first of all 1", newPassword: "password123")
            let refused = try await send(bench.post("/v1/sign-in/password", weak))
            #expect(try refused.problem().errors.map(\.pointer) == ["/newPassword"])
            let change = PasswordChange(
                login: "zhao.lei", password: "first of all 1", newPassword: UserBench.password)
            let signedIn: SignedIn = try await send(bench.post("/v1/sign-in/password", change)).read()
            let keys = SigningKeys([(nil, .hs256(.init(data: Data(DoorBench.secret.utf8))))])
            let principal = try #require(JSONWebToken.principal(signedIn.accessToken, keys, at: bench.clock.now))
            #expect(principal.subject == engineer.text && principal.engineer == engineer)
            #expect(principal.roles == [.engineer] && principal.authtype == "engineer")

            let wrong = try await send(bench.signIn("zhao.lei", "first of all 1"))
            let stranger = try await send(bench.signIn("nobody", "first of all 1"))
            #expect(try wrong.status == 401 && stranger.status == 401 && wrong.problem() == stranger.problem())
            #expect(try await send(bench.signIn("ZHAO.LEI")).status == 200)
        }
        let stored = try await bench.site.pool.query(
            "SELECT (SELECT string_agg(state::text, '') FROM door_user) || coalesce((SELECT string_agg(body::text, '') FROM outbox), '') AS all"
        )
        let text: String = try stored[0].get("all")
        #expect(!text.contains("first of all") && !text.contains(UserBench.password))
        await bench.stop()
    }

    @Test("a refresh token is good once; one that comes again ends all that came of it, and a restart forgets nothing")
    func refresh() async throws {
        let bench = try await UserBench.start()
        _ = try await bench.add("li.na")
        func refresh(_ token: String) throws -> HTTPRequest {
            try bench.post("/v1/sign-in/refresh", RefreshRequest(refreshToken: token))
        }
        var (first, second) = ("", "")
        try await bench.withDoor { send in
            first = try await send(bench.signIn("li.na")).read(SignedIn.self).refreshToken
            second = try await send(refresh(first)).read(SignedIn.self).refreshToken
            #expect(first != second)
        }
        try await bench.withDoor { send in
            let third = try await send(refresh(second)).read(SignedIn.self).refreshToken
            let stolen = try await send(refresh(first))
            #expect(try stolen.status == 401 && stolen.problem().code == "sign-in-ended")
            #expect(try await send(refresh(third)).status == 401)
            // Another signing in is not touched by that; its end is of his own making, or of time's.
            let other = try await send(bench.signIn("li.na")).read(SignedIn.self).refreshToken
            bench.clock.advance(13 * 86_400)
            let next = try await send(refresh(other)).read(SignedIn.self).refreshToken
            let out = try await send(bench.post("/v1/sign-out", RefreshRequest(refreshToken: next)))
            #expect(out.status == 200)
            #expect(try await send(refresh(next)).status == 401)
            let late = try await send(bench.signIn("li.na")).read(SignedIn.self).refreshToken
            bench.clock.advance(15 * 86_400)
            #expect(try await send(refresh(late)).status == 401)
            #expect(try await send(refresh("made up")).status == 401)
        }
        let hashes = try await bench.site.pool.query(
            "SELECT count(*) AS n FROM refresh_token WHERE hash = \(Array(first.utf8))")
        #expect(try hashes[0].get("n", as: Int.self) == 0)
        await bench.stop()
    }

    @Test("who is blocked, or becomes something else, stays in no longer; unblocked, he signs in anew")
    func blocked() async throws {
        let bench = try await UserBench.start()
        _ = try await bench.add("li.na")
        try await bench.withDoor { send in
            let admin = try bench.door.bearer(["admin"])
            func refreshed(_ token: String) async throws -> Int {
                try await send(bench.post("/v1/sign-in/refresh", RefreshRequest(refreshToken: token))).status
            }
            var token = try await send(bench.signIn("li.na")).read(SignedIn.self).refreshToken
            #expect(
                try await send(bench.post("/v1/console/block-user", BlockUser(login: "li.na"), headers: admin)).status
                    == 200)
            #expect(try await refreshed(token) == 401)
            #expect(try await send(bench.signIn("li.na")).problem().code == "user-blocked")
            #expect(try await send(bench.signIn("li.na", "no such password")).problem().code == "sign-in-failed")
            _ = try await bench.client.ask(UnblockUser(login: "li.na"))
            #expect(try await refreshed(token) == 401)
            token = try await send(bench.signIn("li.na")).read(SignedIn.self).refreshToken
            _ = try await bench.client.ask(ChangeUser(login: "li.na", name: "李娜"))
            let same: SignedIn = try await send(
                bench.post("/v1/sign-in/refresh", RefreshRequest(refreshToken: token))
            ).read()
            _ = try await bench.client.ask(ChangeUser(login: "li.na", roles: [.manager]))
            #expect(try await refreshed(same.refreshToken) == 401)
        }
        let users = try await bench.client.ask(UsersQuery())
        #expect(users.users.map(\.name) == ["李娜"] && users.users.first?.roles == [.manager])
        await bench.stop()
    }

    @Test("whoever guesses waits, twice as long each time, whichever copy he asks; who waited may try again")
    func throttled() async throws {
        let bench = try await UserBench.start()
        _ = try await bench.add("li.na")
        try await bench.withDoor { send async throws in
            for _ in 0..<SignInThrottle.freeByLogin {
                #expect(try await send(bench.signIn("li.na", "guess guess")).status == 401)
            }
        }
        try await bench.withDoor { send in
            // The right password waits like any other: else it would be told from the wrong ones.
            let held = try await send(bench.signIn("li.na"))
            #expect(try held.status == 429 && held.problem().code == "too-many-requests")
            #expect(held.headers["retry-after"] == "30")
            bench.clock.advance(30)
            #expect(try await send(bench.signIn("li.na", "guess guess")).status == 401)
            #expect(try await send(bench.signIn("li.na")).headers["retry-after"] == "60")
            bench.clock.advance(60)
            #expect(try await send(bench.signIn("li.na")).status == 200)
            #expect(try await send(bench.signIn("li.na", "guess guess")).status == 401)
            #expect(try await send(bench.signIn("li.na")).status == 200)
        }
        // What is an hour old is forgotten.
        bench.clock.advance(SignInThrottle.memory + SignInThrottle.longestWait)
        try await bench.withDoor(freeByAddress: 3) { send async throws in
            for stranger in ["a1", "a2", "a3"] {
                #expect(try await send(bench.signIn(stranger, "guess guess")).status == 401)
            }
            #expect(try await send(bench.signIn("li.na")).status == 429)
        }
        await bench.stop()
    }

    @Test("a hash that cost less is made anew when its owner signs in, and he stays in")
    func raised() async throws {
        let bench = try await UserBench.start()
        let dearer = PasswordHash.Cost(rounds: 1 << 11, blockSize: 8, parallelism: 1)
        _ = try await bench.add("li.na")
        func cost() async throws -> PasswordHash.Cost? {
            let rows = try await bench.site.pool.query("SELECT state ->> 'passwordHash' AS hash FROM door_user")
            return PasswordHash(text: try rows[0].get("hash"))?.cost
        }
        #expect(try await cost() == UserBench.cheap)
        try await bench.withDoor(cost: dearer) { send in
            let token = try await send(bench.signIn("li.na")).read(SignedIn.self).refreshToken
            #expect(try await cost() == dearer)
            let refreshed = try await send(bench.post("/v1/sign-in/refresh", RefreshRequest(refreshToken: token)))
            #expect(refreshed.status == 200)
            #expect(try await send(bench.signIn("li.na")).status == 200)
        }
        await bench.stop()
    }
}
