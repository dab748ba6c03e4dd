/// A place on the grid on which ways are known: 0.0001° to a side, about 10 m.
public struct TravelCell: Sendable, Hashable {
    /// Ten-thousandths of a degree from the south pole and from the antimeridian, side by side.
    let key: UInt64

    /// The key of no cell.
    static let none = UInt64.max
    private static let longitudeBits: UInt64 = 22

    init(key: UInt64) { self.key = key }

    /// The cell that is nearest to a place; nil beyond ±90° of latitude or ±180° of longitude.
    public init?(microdegrees latitude: Int, _ longitude: Int) {
        guard (-90_000_000...90_000_000).contains(latitude), (-180_000_000...180_000_000).contains(longitude)
        else { return nil }
        let row = UInt64(latitude + 90_000_050) / 100
        let column = UInt64(longitude + 180_000_050) / 100
        key = row << Self.longitudeBits | column
    }

    /// Of its middle, ten-thousandths of a degree.
    public var latitude: Int { Int(key >> Self.longitudeBits) - 900_000 }
    public var longitude: Int { Int(key & (1 << Self.longitudeBits - 1)) - 1_800_000 }
}
