import Foundation
import Testing

@testable import DispatchService

struct PackedNumbersTests {
    @Test(
        "what was packed comes out again, small numbers in a byte",
        arguments: [[], [0], [1, -1, 63, -64], [64, -65, 8_191, 1_000_000, -1_000_000], [.max, .min]] as [[Int]])
    func roundTrip(numbers: [Int]) {
        #expect(PackedNumbers.unpack(PackedNumbers.pack(numbers)) == numbers)
    }

    @Test("a number under 64 takes one byte; bytes that no number ends are left out")
    func size() {
        #expect(PackedNumbers.pack([0, 63, -64]).count == 3)
        #expect(PackedNumbers.unpack(Data([0x02, 0x80])) == [1])
    }
}
