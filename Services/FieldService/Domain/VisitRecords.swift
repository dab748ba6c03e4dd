import DomainContracts
import FoundationEssentials

/// Problem, cause and remedy as the engineer found them.
struct Finding: Codable, Sendable, Equatable {
    var findingId: UUID
    var problemCode: String
    var causeCode: String?
    var remedyCode: String?
    /// The customer's own doing.
    var misuse: Bool
    var note: String?
    var estimatedMinutes: Int
    var plannedParts: [PlannedPart]

    init(_ command: RecordFinding) {
        findingId = command.findingId
        problemCode = command.problemCode
        causeCode = command.causeCode
        remedyCode = command.remedyCode
        misuse = command.misuse
        note = command.note
        estimatedMinutes = command.estimatedMinutes
        plannedParts = command.plannedParts
    }
}

/// Parts that were asked for on this visit; what becomes of them is inventory's.
struct PartRequest: Codable, Sendable, Equatable {
    var partRequestId: UUID
    var reason: PartsReason
    var lines: [RequestedPart]
}

/// A part that went into the device.
struct FittedPart: Codable, Sendable, Equatable {
    var use: PartUse
    var serialFitted: String?
    var serialRemoved: String?
}
