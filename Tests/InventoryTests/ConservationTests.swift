import DomainContracts
import Foundation
import ServiceKit
import Testing

@testable import Inventory

@Suite("Conservation")
struct ConservationTests {
    @Test("whatever happens, every piece and every cent is somewhere", arguments: 1...12 as ClosedRange<UInt64>)
    func conserved(seed: UInt64) throws {
        var random = Lehmer(state: seed)
        var room = Stockroom()
        var asks: [Stockroom.Ask] = []
        let parts = ["PUMP", "SEAL"]
        let depots = ["depot/main", "depot/north"]
        for _ in 0..<120 {
            room.bench.now += 60
            let part = parts[random.below(2)]
            do {
                switch random.below(9) {
                case 0, 1:
                    try room.receive(
                        1 + random.below(7), of: part, at: 1 + random.below(999), into: depots[random.below(2)])
                case 2, 3:
                    asks.append(
                        try room.need(
                            [(part, 1 + random.below(4))], order: random.below(2) == 0 ? Stockroom.order : UUID(),
                            visit: UUID()))
                case 4: if let ask = random.pick(asks) { try room.issue(ask) }
                case 5: if let ask = random.pick(asks) { try room.use(1 + random.below(3), of: part, for: ask) }
                case 6: try room.use(1 + random.below(3), of: part)
                case 7:
                    if let ask = random.pick(asks) {
                        try room.giveBack(1 + random.below(2), of: ask, random.below(3) == 0 ? .defective : .good)
                    }
                default: try random.below(6) == 0 ? room.closeOrder() : room.endVisit(.workDone)
                }
            } catch is Refusal {
                // A refusal changes nothing; the check below holds it to that.
            }
            let places = depots + [Stockroom.van]
            #expect(room.imbalance(of: parts, at: places) == [0, 0])
            for part in parts {
                let items = places.compactMap { room.item($0, part) }
                #expect(items.allSatisfy { 0 <= $0.reserved && $0.reserved <= $0.onHand })
                #expect(items.reduce(0) { $0 + $1.onHand } == room.part(part)?.quantity ?? 0)
                #expect((room.part(part)?.value ?? 0) >= 0)
                let promised = asks.compactMap { room.request($0) }.flatMap(\.lines).filter { $0.partCode == part }
                #expect(items.reduce(0) { $0 + $1.reserved } == promised.reduce(0) { $0 + $1.reserved })
            }
        }
        #expect(Set(room.rows.map(\.movementId)).count == room.rows.count)
    }
}

/// A small generator with a fixed sequence per seed.
struct Lehmer {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state = (state &* 6_364_136_223_846_793_005) &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[below(elements.count)]
    }
}
