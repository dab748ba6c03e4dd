import DomainContracts
import Foundation
import ServiceTesting
import Testing

@testable import ServiceKit

/// What is only looked at is not locked, and never written.
struct LookTests {
    private let id = UUID()
    private let key: AggregateKey
    private let envelope = Envelope(id: "1", source: "/test", type: "test")

    init() { key = AggregateKey(Tally.self, id) }

    @Test("what a decider looks at is asked for without a lock, until somebody in the batch wants to change it")
    func keys() throws {
        var batch = BatchState(service: .dispatch, ids: .seeded(1))
        let looked = try #require(missing({ _ = $0.look(at: Tally.self, id) }, in: &batch))
        #expect(BatchState.byTable(looked).map(\.isLocked) == [false])
        var both = looked
        both.need(Tally.self, id)
        #expect(BatchState.byTable(both).map(\.isLocked) == [true])
        both.formUnion(looked)
        #expect(BatchState.byTable(both).map(\.isLocked) == [true])
    }

    @Test("a state that was looked at serves no decider who may change it")
    func notEnough() throws {
        var batch = BatchState(service: .dispatch, ids: .seeded(1))
        batch.workspace.load(key, Tally(count: 3), version: 7, isLocked: false)
        var seen: Tally?
        let nothing = missing({ seen = $0.look(at: Tally.self, id) }, in: &batch)
        #expect(nothing?.types.count == nil)
        #expect(seen?.count == 3)
        let read = try #require(missing({ seen = $0.get(Tally.self, id) }, in: &batch))
        #expect(seen == nil)
        #expect(BatchState.byTable(read).map(\.isLocked) == [true])
        let written = try #require(missing({ $0.set(Tally(count: 4), id) }, in: &batch))
        #expect(BatchState.byTable(written).map(\.isLocked) == [true])
        #expect(batch.workspace.entries[key]?.isChanged == false)
        #expect(batch.workspace.entries.count == 1)
    }

    @Test("a row that somebody holds can be looked at, and cannot be had")
    func unheld() async throws {
        let service = try await RunningService.start(try Sample.definition())
        _ = try await service.pool.execute(
            "INSERT INTO tally (id, version, state) VALUES (\(id), 4, '{\"count\": 2, \"lastNumber\": 0}')")
        let (id, key) = (id, key)
        try await service.pool.transaction { holder in
            _ = try await holder.query("SELECT 1 AS x FROM tally WHERE id = \(id) FOR UPDATE")
            try await service.pool.withConnection { reader in
                var batch = BatchState(service: .dispatch, ids: .v7)
                var keys = Keys()
                keys.look(at: Tally.self, id)
                try await batch.load(keys, on: reader)
                #expect(batch.workspace.entries[key]?.version == 4)
                var wanted = Keys()
                wanted.need(Tally.self, id)
                _ = try await reader.execute("SET lock_timeout = '20ms'")
                await #expect(throws: (any Error).self) { try await batch.load(wanted, on: reader) }
                _ = try await reader.execute("RESET lock_timeout")
            }
        }
        await service.stop()
    }

    private func missing(_ body: (inout Turn) -> Void, in batch: inout BatchState) -> Keys? {
        let ending = batch.turn(now: Date(timeIntervalSince1970: 0), envelope: envelope, channel: nil) {
            turn throws(Refusal) in
            body(&turn)
            return .applied
        }
        if case .missing(let keys, _) = ending { return keys }
        return nil
    }
}
