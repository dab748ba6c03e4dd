/// xoroshiro128+ (Blackman and Vigna) by its seed: fast, and the same for ever.
struct SearchRandom: RandomNumberGenerator {
    private var a: UInt64
    private var b: UInt64

    init(seed: UInt64) {
        var state = seed
        // SplitMix64, as its authors seed it.
        func mixed() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var z = state
            z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
            z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
            return z ^ (z >> 31)
        }
        a = mixed()
        b = mixed()
    }

    @inline(__always)
    mutating func next() -> UInt64 {
        let sum = a &+ b
        b ^= a
        a = (a << 24 | a >> 40) ^ b ^ (b << 16)
        b = b << 37 | b >> 27
        return sum
    }

    /// 0 up to, not including, `bound`.
    @inline(__always)
    mutating func below(_ bound: Int) -> Int { Int(((next() >> 32) &* UInt64(bound)) >> 32) }

    @inline(__always)
    mutating func happens(oneIn count: UInt64) -> Bool { ((next() >> 32) &* count) >> 32 == 0 }

    /// 0 up to, not including, 1.
    @inline(__always)
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
