/// The services that speak on the wire.
public enum ServiceName: String, CaseIterable, Codable, Sendable, Comparable {
    case intake
    case dispatch
    case fieldService = "field-service"
    case inventory
    case billing
    case feedback

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}
