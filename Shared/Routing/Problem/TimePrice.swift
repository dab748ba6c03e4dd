/// What time costs from a moment on, in units of travel.
public struct TimePrice: Sendable, Hashable {
    public var from: Int32
    /// Of a thousand units of time.
    public var price: Int32

    public init(from: Int32, price: Int32) {
        self.from = from
        self.price = price
    }

    /// What it costs that something is at a time.
    @inline(__always)
    func cost(at time: Int32) -> Int { time > from ? (Int(time) &- Int(from)) &* Int(price) / 1_000 : 0 }

    /// Costs nothing.
    static let none = TimePrice(from: .max, price: 0)
}
