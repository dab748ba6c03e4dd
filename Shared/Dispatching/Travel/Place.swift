import DomainContracts

/// Where somebody or something is, as far as travel is concerned.
///
/// GCJ-02 and WGS 84 are taken alike: they differ by at most 700 m, which is two minutes of the road.
public struct Place: Codable, Sendable, Equatable {
    /// Millionths of a degree; nil when only the region is known.
    public var latitude: Int?
    public var longitude: Int?
    /// Administrative code; a shorter one covers all that begin with it.
    public var region: String?

    public init(latitude: Int? = nil, longitude: Int? = nil, region: String? = nil) {
        self.latitude = latitude
        self.longitude = longitude
        self.region = region
    }

    public init(_ coordinates: Coordinates?, region: String?) {
        latitude = coordinates.map { Int(($0.latitude * 1e6).rounded()) }
        longitude = coordinates.map { Int(($0.longitude * 1e6).rounded()) }
        self.region = region
    }
}
