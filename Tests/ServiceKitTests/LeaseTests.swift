import Foundation
import Postgres
import ServiceTesting
import Testing

@testable import ServiceKit

@Suite("Leases")
struct LeaseTests {
    @Test("one of two has it; the other asks seldom and leaves the row alone meanwhile")
    func askedSeldom() async throws {
        let service = try await RunningService.start(try Sample.definition())
        let pool = service.pool
        // Nobody asks again within the test, however long that takes.
        let term = Duration.seconds(7200)
        let first = Lease(name: "test", holder: "first", term: term)
        let second = Lease(name: "test", holder: "second", term: term)
        #expect(try await first.acquire(on: pool) == 1)
        #expect(try await second.acquire(on: pool) == nil)
        let asked = try await trace(pool)
        for _ in 0..<20 {
            #expect(try await second.acquire(on: pool) == nil)
            #expect(try await first.acquire(on: pool) == 1)
        }
        #expect(try await trace(pool) == asked)
        await service.stop()
    }

    @Test("the other follows when it is given back, and not before")
    func handedOver() async throws {
        let service = try await RunningService.start(try Sample.definition())
        let pool = service.pool
        let first = Lease(name: "test", holder: "first", term: .seconds(7200))
        let second = Lease(name: "test", holder: "second", term: .seconds(20))
        #expect(try await first.acquire(on: pool) == 1)
        #expect(try await second.acquire(on: pool) == nil)
        await first.release(on: pool)
        try await eventually("the second has it") { try await second.acquire(on: pool) == 2 }
        #expect(try await Lease(name: "test", holder: "first", term: .seconds(20)).acquire(on: pool) == nil)
        await service.stop()
    }

    /// Changes whenever the row is written or locked.
    private func trace(_ pool: PostgresPool) async throws -> String {
        let rows = try await pool.query("SELECT xmin::text || ' ' || xmax::text AS x FROM lease WHERE name = 'test'")
        return try rows.first?.get("x") ?? ""
    }
}
