/// An enumeration that is open on the wire: a value that a newer sender knows and we do not is kept as it came, so
/// that adding one is no breaking change. Whoever must understand it asks `isKnown` and refuses what is not.
public protocol OpenEnum: RawRepresentable, Codable, Hashable, Sendable, CustomStringConvertible
where RawValue == String {
    /// The values this version knows.
    static var known: [Self] { get }
    init(rawValue: String)
}

extension OpenEnum {
    public var isKnown: Bool { Self.known.contains(self) }
    public var description: String { rawValue }

    public init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
