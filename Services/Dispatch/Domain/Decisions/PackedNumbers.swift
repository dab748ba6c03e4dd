import FoundationEssentials

/// Whole numbers as bytes, small ones in one: seven bits a byte, the sign in the lowest.
enum PackedNumbers {
    static func pack(_ numbers: some Sequence<Int>) -> Data {
        var bytes: [UInt8] = []
        for number in numbers {
            var rest = UInt64(bitPattern: Int64(number << 1 ^ number >> 63))
            while rest >= 0x80 {
                bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
                rest >>= 7
            }
            bytes.append(UInt8(truncatingIfNeeded: rest))
        }
        return Data(bytes)
    }

    /// What was packed; bytes that no number ends are left out.
    static func unpack(_ data: Data) -> [Int] {
        var numbers: [Int] = []
        var (bits, shift) = (UInt64(0), UInt64(0))
        for byte in data {
            bits |= UInt64(byte & 0x7f) << shift
            shift += 7
            guard byte < 0x80 else { continue }
            numbers.append(Int(truncatingIfNeeded: bits >> 1) ^ -Int(truncatingIfNeeded: bits & 1))
            (bits, shift) = (0, 0)
        }
        return numbers
    }
}
