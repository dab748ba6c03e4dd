/// What it costs that a vehicle has much to do, so that work is shared evenly: a job weighs the more, the more its vehicle
/// has to do besides.
public struct LoadPrice: Sendable, Hashable {
    /// `w` units of service on one route cost `price · w² / 2` billionths of a unit of travel.
    public var price: Int32

    /// Squares of times, at these prices, fit in 64 bits.
    public static let prices: ClosedRange<Int32> = 0...100_000

    public init(price: Int32) { self.price = price }

    /// Where the unit is a second: the travel that is worth giving an hour of work to somebody who has an hour less to do.
    public init(secondsAnHour seconds: Double) {
        price = Int32((seconds * 1e9 / (3_600 * 3_600)).clamped(to: Self.prices))
    }

    @inline(__always)
    func cost(of work: Int) -> Int { work &* work / 2_000 &* Int(price) / 1_000_000 }

    /// Costs nothing.
    static let none = LoadPrice(price: 0)
}

extension Double {
    fileprivate func clamped(to range: ClosedRange<Int32>) -> Double {
        min(max(rounded(), Double(range.lowerBound)), Double(range.upperBound))
    }
}
