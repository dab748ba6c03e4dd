import DomainContracts
import Foundation
import Testing

@Suite("Money")
struct MoneyTests {
    @Test(
        "a division rounds halves to the even neighbour, on both sides of zero",
        arguments: [
            (5, 2, 2), (7, 2, 4), (-5, 2, -2), (-7, 2, -4), (5, -2, -2), (7, -2, -4), (-5, -2, 2), (1, 2, 0),
            (-1, 2, 0), (3, 2, 2), (-3, 2, -2), (1, 3, 0), (2, 3, 1), (-2, 3, -1), (-1, 3, 0), (10, 4, 2), (14, 4, 4),
            (15, 10, 2), (25, 10, 2), (26, 10, 3), (24, 10, 2), (0, 7, 0), (6, 3, 2), (-6, 3, -2),
        ])
    func halfEven(_ dividend: Int, _ divisor: Int, _ quotient: Int) {
        #expect(divideHalfEven(dividend, by: divisor) == quotient)
    }

    @Test("halves up and halves down balance, so that long sums do not drift")
    func noDrift() {
        let halves = (-1_000..<1_000).map { divideHalfEven(2 * $0 + 1, by: 2) }
        #expect(halves.reduce(0, +) == 0)
    }

    @Test(
        "a share of an amount is taken in minor units",
        arguments: [
            (12_500, 6, 106, 708), (-12_500, 6, 106, -708), (8_000, 75, 60, 10_000), (1, 1, 2, 0), (3, 1, 2, 2),
        ])
    func scaled(_ amount: Int, _ numerator: Int, _ denominator: Int, _ share: Int) {
        #expect(Money(amount, "CNY").scaled(by: numerator, over: denominator) == Money(share, "CNY"))
    }

    @Test("amounts of one currency add up")
    func sums() {
        var sum = Money.zero("CNY") + Money(150, "CNY") - Money(200, "CNY")
        sum += Money(49, "CNY")
        #expect(sum == Money(-1, "CNY"))
    }

    @Test(
        "an amount no book can hold, or a currency that is none, is refused with its pointer",
        arguments: [
            (#"{"amount": 1000000000000001, "currency": "CNY"}"#, "/money/amount"),
            (#"{"amount": -1000000000000001, "currency": "CNY"}"#, "/money/amount"),
            (#"{"amount": "12", "currency": "CNY"}"#, "/money/amount"),
            (#"{"amount": 12, "currency": "yuan"}"#, "/money/currency"),
            (#"{"amount": 12, "currency": "cny"}"#, "/money/currency"),
            (#"{"amount": 12}"#, "/money/currency"),
        ])
    func refused(_ money: String, _ pointer: String) {
        struct Holder: Codable { var money: Money }
        let error = #expect(throws: DecodingError.self) {
            try WireJSON.decoder().decode(Holder.self, from: Data(#"{"money": \#(money)}"#.utf8))
        }
        #expect(error.map { WireJSON.problem(from: $0).errors.map(\.pointer) } == [pointer])
    }

    @Test("the largest amounts of a message are taken")
    func largest() throws {
        let money = try WireJSON.decoder().decode(
            Money.self, from: Data(#"{"amount": -1000000000000000, "currency": "CNY"}"#.utf8))
        #expect(money == Money(-1_000_000_000_000_000, "CNY"))
    }
}
