@testable import ServiceKit

/// Chance that is the same for the same seed, for ever.
struct Dice {
    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(state: seed) }

    /// True in so many of a thousand throws.
    mutating func chance(_ perMille: Int) -> Bool { number(0..<1000) < perMille }

    mutating func number(_ range: Range<Int>) -> Int {
        range.lowerBound + Int(generator.next() >> 1) % range.count
    }

    mutating func pick<T>(_ things: [T]) -> T? { things.isEmpty ? nil : things[number(0..<things.count)] }

    /// The index of one of the weights, each as likely as it is heavy; nil when nothing weighs anything.
    mutating func weighted(_ weights: [Int]) -> Int? {
        let total = weights.reduce(0, +)
        guard total > 0 else { return nil }
        var rest = number(0..<total)
        for (index, weight) in weights.enumerated() {
            if rest < weight { return index }
            rest -= weight
        }
        return nil
    }
}
