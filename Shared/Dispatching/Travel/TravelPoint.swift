/// A place as the inner loop wants it: its unit vector, so that a distance is a subtraction and a square root, and nothing
/// that has to be counted or copied piece by piece.
public struct TravelPoint: Sendable, Equatable {
    var x = 0.0
    var y = 0.0
    var z = 0.0
    var hasCoordinates = false
    var region = RegionCode()

    public init(_ place: Place) {
        region = RegionCode(place.region ?? "")
        guard let latitude = place.latitude, let longitude = place.longitude else { return }
        let (sinLatitude, cosLatitude) = sineAndCosine(microdegrees: latitude)
        let (sinLongitude, cosLongitude) = sineAndCosine(microdegrees: longitude)
        x = cosLatitude * cosLongitude
        y = cosLatitude * sinLongitude
        z = sinLatitude
        hasCoordinates = true
    }
}

/// The first eight bytes of a region code: province, city, district and more, two digits each.
struct RegionCode: Sendable, Equatable {
    private var bytes: UInt64 = 0
    private var length = 0

    init() {}

    init(_ text: String) {
        for byte in text.utf8.prefix(8) {
            length += 1
            bytes |= UInt64(byte) << UInt64(64 - 8 * length)
        }
    }

    var isEmpty: Bool { length == 0 }

    /// Whether one of the two covers the other.
    func touches(_ other: RegionCode) -> Bool {
        let shorter = min(length, other.length)
        return shorter == 0 || (bytes ^ other.bytes) >> UInt64(64 - 8 * shorter) == 0
    }

    /// Whether province and city are the same.
    func isSameCity(as other: RegionCode) -> Bool { (bytes ^ other.bytes) >> 32 == 0 }
}

/// Travel times: great circle × 1.4 at 30 km/h; by how much of the region codes agree where coordinates lack.
public enum Travel {
    public static let sameRegionMinutes = 20
    public static let sameCityMinutes = 40
    public static let elsewhereMinutes = 90
    public static let unknownMinutes = 30

    /// Whole minutes, rounded up.
    public static func minutes(_ a: TravelPoint, _ b: TravelPoint) -> Int {
        guard a.hasCoordinates, b.hasCoordinates else { return byRegion(a.region, b.region) }
        let (dx, dy, dz) = (a.x - b.x, a.y - b.y, a.z - b.z)
        let square = dx * dx + dy * dy + dz * dz
        // The arc over a chord c of the unit circle is c + c³/24 + …: exact to 1 m over 500 km.
        let kilometres = 6371.0 * square.squareRoot() * (1 + square / 24)
        let minutes = kilometres * 1.4 * 2
        let whole = Int(minutes)
        return Double(whole) < minutes ? whole + 1 : whole
    }

    private static func byRegion(_ a: RegionCode, _ b: RegionCode) -> Int {
        if a.isEmpty || b.isEmpty { return unknownMinutes }
        if a.touches(b) { return sameRegionMinutes }
        return a.isSameCity(as: b) ? sameCityMinutes : elsewhereMinutes
    }
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
