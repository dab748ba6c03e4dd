import DomainContracts

/// Where somebody or something is, as far as travel is concerned.
///
/// GCJ-02 and WGS 84 are taken alike: they differ by at most 700 m, which is two minutes of the road.
struct Place: Codable, Sendable, Equatable {
    /// Millionths of a degree; nil when only the region is known.
    var latitude: Int?
    var longitude: Int?
    /// Administrative code; a shorter one covers all that begin with it.
    var region: String?

    init(latitude: Int? = nil, longitude: Int? = nil, region: String? = nil) {
        self.latitude = latitude
        self.longitude = longitude
        self.region = region
    }

    init(_ coordinates: Coordinates?, region: String?) {
        latitude = coordinates.map { Int(($0.latitude * 1e6).rounded()) }
        longitude = coordinates.map { Int(($0.longitude * 1e6).rounded()) }
        self.region = region
    }
}

/// A place as the inner loop wants it: its unit vector, so that a distance is a subtraction and a square root.
struct TravelPoint: Sendable, Equatable {
    var x = 0.0
    var y = 0.0
    var z = 0.0
    var hasCoordinates = false
    var region: [UInt8] = []

    init(_ place: Place) {
        region = place.region.map { Array($0.utf8) } ?? []
        guard let latitude = place.latitude, let longitude = place.longitude else { return }
        let (sinLatitude, cosLatitude) = sineAndCosine(microdegrees: latitude)
        let (sinLongitude, cosLongitude) = sineAndCosine(microdegrees: longitude)
        x = cosLatitude * cosLongitude
        y = cosLatitude * sinLongitude
        z = sinLatitude
        hasCoordinates = true
    }
}

/// Travel times: great circle × 1.4 at 30 km/h; by how much of the region codes agree where coordinates lack.
enum Travel {
    /// Region codes in China go province, city, district: two digits each.
    static let sameRegionMinutes = 20
    static let sameCityMinutes = 40
    static let elsewhereMinutes = 90
    static let unknownMinutes = 30

    /// Whole minutes, rounded up.
    static func minutes(_ a: TravelPoint, _ b: TravelPoint) -> Int {
        guard a.hasCoordinates, b.hasCoordinates else { return byRegion(a.region, b.region) }
        let (dx, dy, dz) = (a.x - b.x, a.y - b.y, a.z - b.z)
        let chord = (dx * dx + dy * dy + dz * dz).squareRoot()
        // The arc over a chord c of the unit circle is c + c³/24 + …: exact to 1 m over 500 km.
        let kilometres = 6371.0 * chord * (1 + chord * chord / 24)
        return Int((kilometres * 1.4 * 2).rounded(.up))
    }

    private static func byRegion(_ a: [UInt8], _ b: [UInt8]) -> Int {
        if a.isEmpty || b.isEmpty { return unknownMinutes }
        if a.starts(with: b) || b.starts(with: a) { return sameRegionMinutes }
        return a.prefix(4).elementsEqual(b.prefix(4)) ? sameCityMinutes : elsewhereMinutes
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
