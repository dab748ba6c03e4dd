/// States of a part request, derived from its lines.
public struct PartRequestStatus: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let requested = PartRequestStatus(rawValue: "requested")
    public static let approved = PartRequestStatus(rawValue: "approved")
    public static let reserved = PartRequestStatus(rawValue: "reserved")
    public static let backordered = PartRequestStatus(rawValue: "backordered")
    public static let issued = PartRequestStatus(rawValue: "issued")
    public static let settled = PartRequestStatus(rawValue: "settled")
    public static let released = PartRequestStatus(rawValue: "released")
    public static let rejected = PartRequestStatus(rawValue: "rejected")

    public static let known: [Self] = [
        .requested, .approved, .reserved, .backordered, .issued, .settled, .released, .rejected,
    ]
}

/// How a returned part looks.
public struct PartCondition: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let good = PartCondition(rawValue: "good")
    public static let defective = PartCondition(rawValue: "defective")

    public static let known: [Self] = [.good, .defective]
}

/// Why stock moved.
public struct StockMovementCause: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let received = StockMovementCause(rawValue: "received")
    public static let issued = StockMovementCause(rawValue: "issued")
    public static let consumed = StockMovementCause(rawValue: "consumed")
    public static let returned = StockMovementCause(rawValue: "returned")
    public static let adjusted = StockMovementCause(rawValue: "adjusted")
    public static let scrapped = StockMovementCause(rawValue: "scrapped")

    public static let known: [Self] = [.received, .issued, .consumed, .returned, .adjusted, .scrapped]
}
