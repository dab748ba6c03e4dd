/// What the world outside will do about one report: every decision is a function of the seed, the report and the step, so
/// that a run can be repeated whatever the order of events.
struct Fate: Sendable, Hashable {
    let seed: UInt64
    /// The report's id, with a suffix for the order that makes good another's work.
    let report: String

    init(seed: UInt64, report: String) {
        self.seed = seed
        self.report = report
    }

    /// An even draw from 0 up to, not including, 1.
    func draw(_ step: String) -> Double {
        Double(bits(step) >> 11) / Double(1 << 53)
    }

    /// Whether it happens, with this probability.
    func happens(_ step: String, _ share: Double) -> Bool { draw(step) < share }

    func number(_ step: String, _ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(draw(step) * Double(range.count))
    }

    func pick<T>(_ step: String, _ choices: [T]) -> T {
        choices[Int(draw(step) * Double(choices.count))]
    }

    /// FNV-1a over seed, report and step, then the finaliser of SplitMix64: stable for ever, on every machine.
    func bits(_ step: String) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for shift in stride(from: 0, to: 64, by: 8) {
            hash = (hash ^ (seed >> UInt64(shift) & 0xff)) &* 0x100_0000_01b3
        }
        for byte in report.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        hash = (hash ^ 0x1f) &* 0x100_0000_01b3
        for byte in step.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
        hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
        return hash ^ (hash >> 31)
    }
}
