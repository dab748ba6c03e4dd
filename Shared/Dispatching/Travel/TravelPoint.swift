/// A place as the inner loop wants it: its unit vector, so that a distance is a subtraction and a square root, and nothing
/// that has to be counted or copied piece by piece.
public struct TravelPoint: Sendable, Equatable {
    var x = 0.0
    var y = 0.0
    var z = 0.0
    /// On the grid of known ways; `none` without coordinates, or with such as there are none on Earth.
    var key = TravelCell.none
    var region = RegionCode()
    var hasCoordinates = false

    public init(_ place: Place) {
        region = RegionCode(place.region ?? "")
        guard let latitude = place.latitude, let longitude = place.longitude else { return }
        key = TravelCell(microdegrees: latitude, longitude)?.key ?? TravelCell.none
        let (sinLatitude, cosLatitude) = sineAndCosine(microdegrees: latitude)
        let (sinLongitude, cosLongitude) = sineAndCosine(microdegrees: longitude)
        x = cosLatitude * cosLongitude
        y = cosLatitude * sinLongitude
        z = sinLatitude
        hasCoordinates = true
    }

    /// Its place on the grid of known ways; nil where coordinates lack.
    public var cell: TravelCell? { key == TravelCell.none ? nil : TravelCell(key: key) }

    /// Of the chord between two places on the unit sphere.
    func squaredChord(to other: TravelPoint) -> Double {
        let (dx, dy, dz) = (x - other.x, y - other.y, z - other.z)
        return dx * dx + dy * dy + dz * dz
    }
}

/// The first eight bytes of a region code: province, city, district and more, two digits each.
struct RegionCode: Sendable, Equatable {
    private var bytes: UInt64 = 0
    private var length: UInt8 = 0

    init() {}

    init(_ text: String) {
        for byte in text.utf8.prefix(8) {
            length += 1
            bytes |= UInt64(byte) << (64 - 8 * UInt64(length))
        }
    }

    var isEmpty: Bool { length == 0 }

    /// Whether one of the two covers the other.
    func touches(_ other: RegionCode) -> Bool {
        let shorter = min(length, other.length)
        return shorter == 0 || (bytes ^ other.bytes) >> (64 - 8 * UInt64(shorter)) == 0
    }

    /// Whether province and city are the same.
    func isSameCity(as other: RegionCode) -> Bool { (bytes ^ other.bytes) >> 32 == 0 }
}

/// Sine and cosine by their series on the quarter circle, to 1e-12: the domain links no mathematics library.
private func sineAndCosine(microdegrees: Int) -> (sine: Double, cosine: Double) {
    let turned = ((microdegrees % 360_000_000) + 360_000_000) % 360_000_000
    let quarter = turned / 90_000_000
    let angle = Double(turned % 90_000_000) / 1e6 * Double.pi / 180
    var (sine, cosine, term) = (0.0, 0.0, 1.0)
    for power in 0..<20 {
        // term = angle^power / power!, with the sign of the series taken below.
        let sign = power / 2 % 2 == 0 ? 1.0 : -1.0
        if power % 2 == 0 { cosine += sign * term } else { sine += sign * term }
        term *= angle / Double(power + 1)
    }
    return switch quarter {
    case 0: (sine, cosine)
    case 1: (cosine, -sine)
    case 2: (-sine, -cosine)
    default: (-cosine, sine)
    }
}
