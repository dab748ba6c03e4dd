import FoundationEssentials
import Testing

@testable import ServiceKit

@Suite("Ids")
struct IDGeneratorTests {
    @Test("ids of version 7 carry their time, version and variant")
    func layout() {
        let before = UInt64(Date.now.timeIntervalSince1970 * 1000)
        let text = UUID.v7().uuidString.lowercased().replacing("-", with: "")
        #expect(text.dropFirst(12).first == "7")
        #expect("89ab".contains(text.dropFirst(16).first ?? " "))
        let milliseconds = UInt64(text.prefix(12), radix: 16) ?? 0
        #expect(milliseconds >= before && milliseconds < before + 60_000)
    }

    @Test("ids made by several tasks at once are all different, and each task sees them grow")
    func growing() async {
        let runs = await withTaskGroup(of: [String].self) { group in
            for _ in 0..<4 {
                group.addTask { (0..<5_000).map { _ in UUID.v7().uuidString } }
            }
            return await group.reduce(into: [[String]]()) { $0.append($1) }
        }
        #expect(runs.allSatisfy { zip($0, $0.dropFirst()).allSatisfy(<) })
        #expect(Set(runs.joined()).count == 20_000)
    }

    @Test("when the machine's clock steps back, or a millisecond is full, ids still grow")
    func clockStepsBack() {
        var state = UUIDv7State()
        var random = SplitMix64(state: 1)
        var last = state.next(milliseconds: 2_000, random: &random).uuidString
        for _ in 0..<10_000 {
            let next = state.next(milliseconds: 1_000, random: &random).uuidString
            #expect(next > last)
            last = next
        }
    }

    @Test("the same seed gives the same ids, another seed others")
    func seeded() {
        let first = IDGenerator.seeded(42)
        let second = IDGenerator.seeded(42)
        let other = IDGenerator.seeded(43)
        let ids = (0..<100).map { _ in first() }
        #expect(ids == (0..<100).map { _ in second() })
        #expect(Set(ids).isDisjoint(with: (0..<100).map { _ in other() }))
        #expect(Set(ids).count == 100)
    }

    @Test("a derived id is SHA-256 of namespace and name as a version 8 UUID, and stays what it is")
    func derived() throws {
        let namespace = try #require(UUID(uuidString: "6ba7b810-9dad-11d1-80b4-00c04fd430c8"))
        let id = UUID(derivedFrom: "timer/42", in: namespace)
        // From Python: hashlib.sha256(namespace.bytes + b"timer/42").digest()[:16], version 8, variant 10.
        #expect(id.uuidString.lowercased() == "676de50b-5e3b-8814-95a3-48c7fb57229c")
        #expect(id == UUID(derivedFrom: "timer/42", in: namespace))
        #expect(id != UUID(derivedFrom: "timer/43", in: namespace))
        #expect(id != UUID(derivedFrom: "timer/42", in: id))
    }
}
