/// Members of a roster as bits, so that rules are combined sixty-four engineers at a time.
struct EngineerSet: Sendable, Equatable {
    private var words: [UInt64]

    /// Nobody of so many.
    init(none count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

    /// Everybody of so many.
    init(all count: Int) {
        words = Array(repeating: .max, count: (count + 63) / 64)
        if count % 64 != 0, !words.isEmpty { words[words.count - 1] = 1 << UInt64(count % 64) - 1 }
    }

    init(count: Int, where isMember: (Int) -> Bool) {
        self.init(none: count)
        for member in 0..<count where isMember(member) { insert(member) }
    }

    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    func contains(_ member: Int) -> Bool { words[member >> 6] >> UInt64(member & 63) & 1 == 1 }

    mutating func insert(_ member: Int) { words[member >> 6] |= 1 << UInt64(member & 63) }
    mutating func remove(_ member: Int) { words[member >> 6] &= ~(1 << UInt64(member & 63)) }

    /// Keeps those that are in both, and calls `lost` for each of the others.
    mutating func keep(_ other: EngineerSet, lost: (Int) -> Void) {
        for index in words.indices {
            var gone = words[index] & ~other.words[index]
            words[index] &= other.words[index]
            while gone != 0 {
                lost(index << 6 + gone.trailingZeroBitCount)
                gone &= gone - 1
            }
        }
    }

    /// Calls with each member, in order.
    func forEach(_ body: (Int) -> Void) {
        for index in words.indices {
            var word = words[index]
            while word != 0 {
                body(index << 6 + word.trailingZeroBitCount)
                word &= word - 1
            }
        }
    }
}
