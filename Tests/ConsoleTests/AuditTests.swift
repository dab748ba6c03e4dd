import DomainContracts
import FlyingFox
import Foundation
import Logging
import Postgres
import ServiceKit
import ServiceTesting
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
        let written = Mutex<(isAway: Bool, ids: [UUID])>((true, []))
        let trail = AuditTrail(logger: Self.silent) { entries in
            written.withLock { written in
                if written.isAway { return .away }
                written.ids += entries.map(\.requestId)
                return .done
            }
        }
        let entries = (0..<700).map { _ in Self.entry() }
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

    @Test("a trail that is full takes entries again once the database is back, without anybody's doing anything")
    func full() async throws {
        let written = Mutex<(isAway: Bool, ids: [UUID])>((true, []))
        let trail = AuditTrail(logger: Self.silent, most: 3, pause: .milliseconds(1)) { entries in
            written.withLock { written in
                if written.isAway { return .away }
                written.ids += entries.map(\.requestId)
                return .done
            }
        }
        let entries = (0..<4).map { _ in Self.entry() }
        for entry in entries { await trail.note(entry) }
        written.withLock { $0.isAway = false }
        try await eventually("what was kept in mind is written") {
            written.withLock { $0.ids } == entries.prefix(3).map(\.requestId)
        }
        // It has room a moment after it has written.
        try await eventually("it takes entries again") {
            let entry = Self.entry()
            await trail.note(entry)
            return written.withLock { $0.ids.last } == entry.requestId
        }
        await trail.close()
    }

    @Test("an entry that cannot be written is left to the log, and those beside it are written")
    func unwritable() async throws {
        let bench = try await UserBench.start()
        let trail = AuditTrail(logger: Self.silent, pool: bench.site.pool)
        var entries = (0..<7).map { _ in Self.entry() }
        entries[3].who = "nobody\0"
        await withTaskGroup(of: Void.self) { group in
            for entry in entries { group.addTask { await trail.note(entry) } }
        }
        await trail.close()
        let rows = try await bench.site.pool.query("SELECT request_id FROM audit_entry")
        let ids = Set(try rows.map { try $0.get("request_id", as: UUID.self) })
        #expect(ids == Set(entries.map(\.requestId)).subtracting([entries[3].requestId]))
        await bench.stop()
    }

    @Test("who only knocks is counted, and nobody writes him down")
    func knocks() async throws {
        let noted = Mutex<[AuditEntry]>([])
        let trail = AuditTrail(logger: Self.silent) { entries in
            noted.withLock { $0 += entries }
            return .done
        }
        let door = DoorBench()
        let hold = "/v1/intake/hold"
        // So few that none becomes free meanwhile.
        try await door.withDoor(requestsAMinute: 1, audit: trail) { send async throws in
            for _ in 0..<5 {
                #expect(try await send(door.request(.POST, hold, headers: ["Authorization": "Bearer x"])).status == 401)
                #expect(try await send(door.request(.POST, hold)).status == 401)
            }
            #expect(try await send(door.request(.POST, hold, headers: ["Authorization": "Bearer x"])).status == 429)
            #expect(noted.withLock { $0 } == [])
            #expect(try await send(door.request(.POST, hold, headers: door.bearer(["finance"]))).status == 403)
            #expect(noted.withLock { $0 }.map(\.who) == ["li.na"])
        }
    }

    private static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private static func entry() -> AuditEntry {
        AuditEntry(requestId: UUID.v7(), at: Date(), what: "intake.hold", address: "192.0.2.7", status: 200)
    }
}
