/// An amount in minor units of a currency (cents, 分); never a floating-point number.
public struct Money: Codable, Sendable, Hashable {
    /// Minor units; may be negative where a balance can be.
    public var amount: Int
    /// ISO 4217 code.
    public var currency: String

    /// What a message may say: ten trillion yuan either way. Sums of such amounts stay far from overflowing.
    public static let sayable = -1_000_000_000_000_000...1_000_000_000_000_000

    public init(_ amount: Int, _ currency: String) {
        self.amount = amount
        self.currency = currency
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        amount = try container.decode(Int.self, forKey: .amount)
        currency = try container.decode(String.self, forKey: .currency)
        guard Self.sayable.contains(amount) else {
            throw DecodingError.dataCorruptedError(
                forKey: .amount, in: container, debugDescription: "must lie within 10^15 minor units either way")
        }
        guard currency.utf8.count == 3, currency.utf8.allSatisfy({ UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }) else {
            throw DecodingError.dataCorruptedError(
                forKey: .currency, in: container, debugDescription: "expected an ISO 4217 code such as CNY")
        }
    }

    public static func zero(_ currency: String) -> Money { Money(0, currency) }

    /// The sum. Both must be of one currency: callers keep books per currency and refuse messages in another one, so
    /// that two currencies meeting here are a programming error.
    public static func + (a: Money, b: Money) -> Money {
        precondition(a.currency == b.currency, "\(a.currency) and \(b.currency) do not add up")
        return Money(a.amount + b.amount, a.currency)
    }

    public static func - (a: Money, b: Money) -> Money { a + Money(-b.amount, b.currency) }

    public static func += (a: inout Money, b: Money) { a = a + b }

    /// `amount × numerator ÷ denominator`, rounded half to even: the one rounding rule of the books.
    public func scaled(by numerator: Int, over denominator: Int) -> Money {
        Money(divideHalfEven(amount * numerator, by: denominator), currency)
    }
}

/// Integer division, rounding halves to the even neighbour, so that long sums do not drift.
public func divideHalfEven(_ dividend: Int, by divisor: Int) -> Int {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    let twice = 2 * remainder.magnitude
    let away = (dividend < 0) != (divisor < 0) ? -1 : 1
    if twice > divisor.magnitude || (twice == divisor.magnitude && quotient % 2 != 0) { return quotient + away }
    return quotient
}
