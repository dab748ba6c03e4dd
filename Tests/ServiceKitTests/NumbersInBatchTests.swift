import DomainContracts
import Foundation
import ServiceTesting
import Testing

@testable import ServiceKit

/// Deciders that look for what their number names.
struct NumbersInBatchTests {
    @Test("each turn of a batch asks for what its own number names, so that one new beginning serves them all")
    func numbers() throws {
        var supplied = BatchState(service: .dispatch, ids: .seeded(1))
        var short: [String: Int] = [:]
        _ = asked(by: 3, of: supplied, &short)
        #expect(short == ["tally_number": 3])
        supplied.supply(numbers: [7, 8, 9], of: "tally_number")
        short = [:]
        let keys = asked(by: 3, of: supplied, &short)
        #expect(short == [:])
        #expect(keys == Set([7, 8, 9].map { AggregateKey(Tally.self, Self.id($0)) }))
        for key in keys { supplied.supply(key, nil, version: 0) }
        #expect(asked(by: 3, of: supplied, &short).isEmpty)
    }

    /// What so many turns of one batch are missing.
    private func asked(by turns: Int, of state: BatchState, _ short: inout [String: Int]) -> Set<AggregateKey> {
        var batch = state
        var keys: Set<AggregateKey> = []
        for _ in 0..<turns {
            let envelope = Envelope(id: UUID().uuidString, source: "/test", type: "test")
            let ending = batch.turn(now: Date(timeIntervalSince1970: 0), envelope: envelope, channel: nil) {
                turn throws(Refusal) in
                let number = turn.nextNumber("tally_number")
                if number > 0 { _ = turn.get(Tally.self, Self.id(number)) }
                return .applied
            }
            guard case .missing(let missing, let numbers) = ending else { continue }
            keys.formUnion(missing.types.keys)
            short.merge(numbers, uniquingKeysWith: +)
        }
        return keys
    }

    private static func id(_ number: Int) -> UUID {
        UUID(derivedFrom: "\(number)", in: UUID(uuid: (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)))
    }
}
