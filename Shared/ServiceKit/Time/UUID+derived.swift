import Crypto
import FoundationEssentials

extension UUID {
    /// The same id for the same namespace and name, for ever: an RFC 9562 version 8 UUID made of the first 128 bits of
    /// SHA-256(namespace bytes ‖ name in UTF-8). For ids that a repetition must find again, such as the event a timer
    /// causes, or the effect of one line of an import.
    public init(derivedFrom name: String, in namespace: UUID) {
        var hash = SHA256()
        withUnsafeBytes(of: namespace.uuid) { hash.update(bufferPointer: $0) }
        hash.update(data: Array(name.utf8))
        let (high, low) = hash.finalize().prefix(16).enumerated().reduce(into: (UInt64(0), UInt64(0))) { halves, byte in
            if byte.offset < 8 {
                halves.0 = halves.0 << 8 | UInt64(byte.element)
            } else {
                halves.1 = halves.1 << 8 | UInt64(byte.element)
            }
        }
        self.init(
            high: high & 0xffff_ffff_ffff_0fff | 0x8000, low: low & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000)
    }

    /// A UUID from its 128 bits, most significant half first.
    init(high: UInt64, low: UInt64) {
        func byte(_ half: UInt64, _ index: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: half >> (56 - 8 * index)) }
        self.init(
            uuid: (
                byte(high, 0), byte(high, 1), byte(high, 2), byte(high, 3), byte(high, 4), byte(high, 5),
                byte(high, 6), byte(high, 7), byte(low, 0), byte(low, 1), byte(low, 2), byte(low, 3), byte(low, 4),
                byte(low, 5), byte(low, 6), byte(low, 7)
            ))
    }
}
