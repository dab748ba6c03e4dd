import DomainContracts
import FlyingFox
import Foundation
import Logging
import Postgres
import ServiceKit
import Synchronization
import Testing

@testable import Console

@Suite("The audit", .serialized)
struct AuditTests {
    @Test("who did what, from where and how it ended is written down, by pages and filters, and changes no more")
    func written() async throws {
        let bench = try await UserBench.start()
        let user = try await bench.add("li.na")
        try await bench.withDoor { send in
            _ = try await send(bench.signIn("li.na", "guess guess"))
            _ = try await send(bench.signIn("li.na"))
            _ = try await send(bench.signIn("nobody", "guess guess"))
            let admin = try bench.door.bearer(["admin"], subject: "chen")
            _ = try await send(bench.post("/v1/console/block-user", BlockUser(login: "li.na"), headers: admin))
            _ = try await send(bench.post("/v1/console/block-user", BlockUser(login: "none"), headers: admin))
            _ = try await send(
                bench.post("/v1/console/block-user", BlockUser(login: "li.na"), headers: bench.door.bearer(["agent"])))
            // Looking is not written down.
            _ = try await send(bench.door.request(.GET, "/v1/console/users", headers: admin))

            func audit(_ query: [(String, String)]) async throws -> AuditAnswer {
                var request = bench.door.request(.GET, "/v1/console/audit", headers: try bench.door.bearer(["manager"]))
                request.query = query.map { .init(name: $0.0, value: $0.1) }
                return try await send(request).read()
            }
            let all = try await audit([]).entries
            #expect(
                all.reversed().map { "\($0.what) \($0.status) \($0.code ?? "") \($0.who ?? "")" } == [
                    "sign-in 401 sign-in-failed \(user.text)", "sign-in 200  \(user.text)",
                    "sign-in 401 sign-in-failed ", "console.block-user 200  chen",
                    "console.block-user 404 not-found chen", "console.block-user 403 forbidden li.na",
                ])
            #expect(all.allSatisfy { $0.address == "127.0.0.1" })
            #expect(all.compactMap(\.subject) == ["user/\(user.text)"])
            #expect(try await audit([("who", "chen")]).entries.count == 2)
            #expect(try await audit([("what", "sign-in")]).entries.count == 3)
            let middle = RFC3339.format(all[2].at)
            #expect(try await audit([("since", middle)]).entries == Array(all.prefix { $0.at >= all[2].at }))
            #expect(try await audit([("until", middle)]).entries == all.filter { $0.at < all[2].at })
            var paged: [AuditEntry] = []
            var cursor: String?
            repeat {
                let page = try await audit([("limit", "2")] + (cursor.map { [("cursor", $0)] } ?? []))
                paged += page.entries
                cursor = page.cursor
            } while cursor != nil
            #expect(paged == all)
            #expect(
                try await send(
                    bench.door.request(.GET, "/v1/console/audit", headers: bench.door.bearer(["agent"]))
                ).status == 403)
        }
        for change in ["UPDATE audit_entry SET who = 'x'", "DELETE FROM audit_entry"] as [SQL] {
            await #expect(throws: (any Error).self) { try await bench.site.pool.execute(change) }
        }
        await bench.stop()
    }

    @Test("while nothing can be written, commands go on; what they did is written once it can")
    func away() async throws {
        struct Away: Error {}
        let written = Mutex<(isAway: Bool, ids: [UUID])>((true, []))
        let trail = AuditTrail(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }) { entries in
            try written.withLock { written in
                if written.isAway { throw Away() }
                written.ids += entries.map(\.requestId)
            }
        }
        func entry() -> AuditEntry {
            AuditEntry(requestId: UUID.v7(), at: Date(), what: "intake.hold", address: "192.0.2.7", status: 200)
        }
        let entries = (0..<700).map { _ in entry() }
        for entry in entries.prefix(3) { await trail.note(entry) }
        #expect(written.withLock { $0.ids }.isEmpty)
        written.withLock { $0.isAway = false }
        await withTaskGroup(of: Void.self) { group in
            for entry in entries.dropFirst(3) { group.addTask { await trail.note(entry) } }
        }
        await trail.close()
        let ids = written.withLock { $0.ids }
        #expect(ids.count == 700 && Set(ids) == Set(entries.map(\.requestId)))
    }
}
