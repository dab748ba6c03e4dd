import DomainContracts
import FlyingFox
import Foundation
import Postgres
import ServiceKit
import Testing

@testable import Console

@Suite("Administrators and users, on real servers", .serialized)
struct AdministratorTests {
    @Test("an administrator who is blocked, or is none any more, changes no users for the rest of his token's life")
    func shutOut() async throws {
        let bench = try await UserBench.start()
        _ = try await bench.add("chen", roles: [.admin])
        _ = try await bench.add("wu", roles: [.admin])
        try await bench.withDoor { send in
            func token(_ login: String) async throws -> [String: String] {
                let signedIn: SignedIn = try await send(bench.signIn(login)).read()
                return ["Authorization": "Bearer \(signedIn.accessToken)"]
            }
            let (chen, wu) = (try await token("chen"), try await token("wu"))
            let user = NewUser(
                login: "li.na", name: "李娜", roles: [.agent], regionCodes: nil, password: "first of all 1")
            #expect(try await send(bench.post("/v1/console/add-user", user, headers: chen)).status == 200)
            #expect(
                try await send(bench.post("/v1/console/block-user", BlockUser(login: "chen"), headers: wu)).status
                    == 200)
            _ = try await bench.client.ask(ChangeUser(login: "wu", roles: [.agent]))
            let given = GivenPassword(login: "li.na", password: "second of all 2")
            for headers in [chen, wu] {
                let tries = [
                    try bench.post("/v1/console/add-user", user, headers: headers),
                    try bench.post("/v1/console/set-password", given, headers: headers),
                    try bench.post("/v1/console/change-user", ChangeUser(login: "li.na"), headers: headers),
                    try bench.post("/v1/console/block-user", BlockUser(login: "li.na"), headers: headers),
                    try bench.post("/v1/console/unblock-user", UnblockUser(login: "chen"), headers: headers),
                ]
                for request in tries { #expect(try await send(request).status == 401, "\(request.path)") }
            }
            // Whom an identity provider vouches for has no row here.
            let elsewhere = try bench.door.bearer(["admin"], subject: UUID().text)
            #expect(
                try await send(bench.post("/v1/console/unblock-user", UnblockUser(login: "chen"), headers: elsewhere))
                    .status == 200)
        }
        await bench.stop()
    }

    @Test("a command about a password that is said again with its key is the same command")
    func again() async throws {
        let bench = try await UserBench.start()
        try await bench.withDoor { send in
            let admin = try bench.door.bearer(["admin"])
            func keyed(_ key: String) -> [String: String] { admin.merging(["Idempotency-Key": key]) { $1 } }
            let user = NewUser(
                login: "li.na", name: "李娜", roles: [.agent], regionCodes: nil, password: "first of all 1")
            let added = try bench.post("/v1/console/add-user", user, headers: keyed("one"))
            let given = try bench.post(
                "/v1/console/set-password", GivenPassword(login: "li.na", password: "second of all 2"),
                headers: keyed("two"))
            for request in [added, given] {
                let (first, second) = (try await send(request), try await send(request))
                let replies = try [first, second].map { try $0.read(Acknowledgement.self) }
                #expect(first.status == 200 && second.status == 200 && replies[0] == replies[1])
            }
            let other = try bench.post(
                "/v1/console/set-password", GivenPassword(login: "li.na", password: "third of all 3"),
                headers: keyed("two"))
            #expect(try await send(other).problem().code == "idempotency-mismatch")
        }
        await bench.stop()
    }

    @Test("who has seen an older version changes nothing, and is told so by 412")
    func outdated() async throws {
        let bench = try await UserBench.start()
        _ = try await bench.add("li.na")
        try await bench.withDoor { send in
            func change(_ name: String, _ tag: String) async throws -> DoorBench.Reply {
                let headers = try bench.door.bearer(["admin"]).merging(["If-Match": tag]) { $1 }
                return try await send(
                    bench.post("/v1/console/change-user", ChangeUser(login: "li.na", name: name), headers: headers))
            }
            let first = try await change("李娜", "\"2\"")
            #expect(first.status == 200 && first.headers["etag"] == "\"3\"")
            let second = try await change("李安娜", "\"2\"")
            #expect(second.status == 412)
            #expect(try second.problem().code == ChangeUser.outdatedCode)
            #expect(try await change("李安娜", "\"3\"").status == 200)
        }
        await bench.stop()
    }

    @Test("of several who speak for one customer, the audit and the counting of requests know which one it was")
    func persons() async throws {
        let bench = try await UserBench.start()
        let customer = UUID()
        let user = User(
            userId: UUID(), login: "wang.min", name: "王敏", roles: [.customer], customerId: customer, regionCodes: [],
            passwordHash: "")
        let token = try TokenIssuer(secret: DoorBench.secret).token(of: user, at: Date())
        let keys = SigningKeys([(nil, .hs256(.init(data: Data(DoorBench.secret.utf8))))])
        let principal = try #require(JSONWebToken.principal(token, keys, at: Date()))
        #expect(principal.subject == customer.text && principal.person == user.userId.text)
        #expect(principal.authid == customer.text)
        try await bench.withDoor { send async throws in
            let cancel = CancelWorkOrder(workOrderId: UUID(), reason: .customerRequest)
            let headers = ["Authorization": "Bearer \(token)"]
            #expect(try await send(bench.post("/v1/customer/cancel", cancel, headers: headers)).status == 404)
        }
        let rows = try await bench.site.pool.query("SELECT who FROM audit_entry")
        #expect(try rows.map { try $0.get("who", as: String?.self) } == [user.userId.text])
        await bench.stop()
    }
}
