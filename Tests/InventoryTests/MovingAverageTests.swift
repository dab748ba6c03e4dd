import Testing

@testable import Inventory

@Suite("Moving average")
struct MovingAverageTests {
    @Test("pieces leave at the average of what all receipts cost")
    func average() {
        var part = Part(code: "PUMP", currency: "CNY")
        part.add(2, worth: 200)
        part.add(2, worth: 400)
        #expect(part.remove(1) == 150)
        #expect(part.value == 450)
    }

    @Test("a half is rounded to the even neighbour")
    func halfEven() {
        var part = Part(code: "PUMP", currency: "CNY")
        part.add(2, worth: 5)
        #expect(part.value(of: 1) == 2)
        part.add(2, worth: 9)
        // 14 for four pieces: 3.5 each.
        #expect(part.value(of: 1) == 4)
    }

    @Test("the last piece takes the remainder, so no value stays behind without a piece")
    func remainder() {
        var part = Part(code: "PUMP", currency: "CNY")
        part.add(3, worth: 100)
        let parts = [part.remove(1), part.remove(1), part.remove(1)]
        #expect(parts.reduce(0, +) == 100)
        #expect(part.value == 0)
        #expect(part.quantity == 0)
    }
}
