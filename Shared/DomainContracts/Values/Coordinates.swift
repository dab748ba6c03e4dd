/// A place on earth, with the reference system it is meant in: Chinese maps use GCJ-02, devices WGS 84.
public struct Coordinates: Codable, Sendable, Hashable {
    /// Degrees, −90…90.
    public var latitude: Double
    /// Degrees, −180…180.
    public var longitude: Double
    public var crs: CoordinateSystem
    /// Radius of the fix's uncertainty, metres.
    public var accuracy: Double?

    public init(latitude: Double, longitude: Double, crs: CoordinateSystem, accuracy: Double? = nil) {
        self.latitude = latitude
        self.longitude = longitude
        self.crs = crs
        self.accuracy = accuracy
    }
}

/// Which datum coordinates refer to.
public struct CoordinateSystem: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let wgs84 = CoordinateSystem(rawValue: "wgs84")
    public static let gcj02 = CoordinateSystem(rawValue: "gcj02")

    public static let known: [Self] = [.wgs84, .gcj02]
}
