/// An amount in minor units of a currency (cents, 分); never a floating-point number.
public struct Money: Codable, Sendable, Hashable {
    /// Minor units; may be negative where a balance can be.
    public var amount: Int
    /// ISO 4217 code.
    public var currency: String

    public init(_ amount: Int, _ currency: String) {
        self.amount = amount
        self.currency = currency
    }

    public static func zero(_ currency: String) -> Money { Money(0, currency) }

    /// The sum. Both must be of one currency: callers keep books per currency, so another one is a programming error
    /// that `adding` reports instead.
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
