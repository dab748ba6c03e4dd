/// The services that speak on the wire.
public enum ServiceName: String, CaseIterable, Codable, Sendable, Comparable {
    case intake
    case dispatch
    case fieldService = "field-service"
    case inventory
    case billing
    case feedback
    /// The HTTP door and its read models: it owns no facts, and a stack may do without it.
    case console

    /// The six that own something and are always there.
    public static let allCases: [ServiceName] = [.intake, .dispatch, .fieldService, .inventory, .billing, .feedback]

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}
