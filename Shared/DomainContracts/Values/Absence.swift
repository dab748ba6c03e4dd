import FoundationEssentials

/// Why an engineer is away.
public struct AbsenceKind: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let leave = AbsenceKind(rawValue: "leave")
    public static let sick = AbsenceKind(rawValue: "sick")
    public static let training = AbsenceKind(rawValue: "training")
    /// The van is broken, or in the workshop.
    public static let vehicle = AbsenceKind(rawValue: "vehicle")
    public static let other = AbsenceKind(rawValue: "other")

    public static let known: [Self] = [.leave, .sick, .training, .vehicle, .other]
}

/// A time at which an engineer is away 请假, whatever his shifts say.
public struct Absence: Codable, Sendable, Hashable {
    public var window: TimeWindow
    public var kind: AbsenceKind
    public var note: String?

    public init(window: TimeWindow, kind: AbsenceKind, note: String? = nil) {
        self.window = window
        self.kind = kind
        self.note = note
    }
}
