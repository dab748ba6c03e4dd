import FoundationEssentials

/// One engineer as `register-engineer`, `set-shift` and `set-leave` correct him.
public struct EngineerQuery: Query, Equatable {
    public typealias Reply = EngineerAnswer
    public static let service = ServiceName.dispatch
    public static let wireName = "engineer"

    public var engineerId: UUID

    public init(engineerId: UUID) {
        self.engineerId = engineerId
    }
}

/// What is known of an engineer, when he works, and when he is away; `found` false when there is none.
public struct EngineerAnswer: Codable, Sendable, Equatable {
    public var found: Bool
    /// For `expectedVersion` of each of the three commands.
    public var version: Int?
    public var engineer: RegisterEngineer?
    /// Absent until they are set.
    public var shifts: SetShift?
    /// By start; absences that are over are among them.
    public var absences: [Absence]

    public init(
        found: Bool, version: Int? = nil, engineer: RegisterEngineer? = nil, shifts: SetShift? = nil,
        absences: [Absence] = []
    ) {
        self.found = found
        self.version = version
        self.engineer = engineer
        self.shifts = shifts
        self.absences = absences
    }
}
