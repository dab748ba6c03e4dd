import FoundationEssentials
import Synchronization

/// Makes the ids of messages and aggregates: UUIDs of version 7 (RFC 9562), which grow with real time, so that indexes
/// stay compact. Injected wherever ids are made, so that tests and seeded runs get the same ids every time.
public struct IDGenerator: Sendable {
    private let generate: @Sendable () -> UUID

    private init(_ generate: @escaping @Sendable () -> UUID) {
        self.generate = generate
    }

    /// Real time and system randomness; strictly growing within this process, whatever the machine's clock does.
    public static let v7: IDGenerator = {
        let state = Mutex(UUIDv7State())
        return IDGenerator {
            state.withLock { state in
                var random = SystemRandomNumberGenerator()
                let milliseconds = UInt64(max(0, Date.now.timeIntervalSince1970 * 1000))
                return state.next(milliseconds: milliseconds, random: &random)
            }
        }
    }()

    /// Always the same ids for the same seed: version 7 by form, growing, but of a time that starts at `start` and only
    /// moves with the number of ids drawn.
    public static func seeded(_ seed: UInt64, start: Date = ManualTime().now) -> IDGenerator {
        let milliseconds = UInt64(max(0, start.timeIntervalSince1970 * 1000))
        let state = Mutex((UUIDv7State(), SplitMix64(state: seed)))
        return IDGenerator {
            state.withLock { $0.0.next(milliseconds: milliseconds, random: &$0.1) }
        }
    }

    /// A new id.
    public func next() -> UUID {
        generate()
    }

    /// A new id.
    public func callAsFunction() -> UUID {
        generate()
    }
}

extension UUID {
    /// A new version 7 id on real time, growing within this process. Code with an injected ``IDGenerator`` uses that.
    public static func v7() -> UUID {
        IDGenerator.v7.next()
    }
}

/// RFC 9562 §6.2, method 1: the twelve bits after the milliseconds count the ids of one millisecond; when they run
/// out, or the machine's clock steps back, the ids run ahead of the clock instead of repeating.
struct UUIDv7State {
    private var milliseconds: UInt64 = 0
    private var counter: UInt16 = 0

    mutating func next(milliseconds now: UInt64, random: inout some RandomNumberGenerator) -> UUID {
        if now > milliseconds {
            milliseconds = now
            counter = UInt16.random(in: 0...0x3ff, using: &random)
        } else if counter < 0xfff {
            counter += 1
        } else {
            milliseconds += 1
            counter = UInt16.random(in: 0...0x3ff, using: &random)
        }
        let high = (milliseconds & 0xffff_ffff_ffff) << 16 | 0x7000 | UInt64(counter)
        let low = random.next() & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000
        return UUID(high: high, low: low)
    }
}

/// A small, well-known generator whose sequence is fixed by its seed for ever; not for secrets.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
