import FoundationEssentials

/// What was found of one problem; billing answers with `estimate-prepared`, for all that was found on the order. Subject
/// `visit/<id>`.
public struct FindingRecorded: Event, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "finding-recorded"

    public var findingId: UUID
    public var visitId: UUID
    public var workOrderId: UUID
    public var engineerId: UUID
    public var problemCode: String
    public var causeCode: String?
    public var remedyCode: String?
    public var misuse: Bool
    public var estimatedMinutes: Int
    public var plannedParts: [PlannedPart]
    public var recordedAt: Date

    public init(
        findingId: UUID, visitId: UUID, workOrderId: UUID, engineerId: UUID, problemCode: String,
        causeCode: String? = nil, remedyCode: String? = nil, misuse: Bool, estimatedMinutes: Int,
        plannedParts: [PlannedPart] = [], recordedAt: Date
    ) {
        self.findingId = findingId
        self.visitId = visitId
        self.workOrderId = workOrderId
        self.engineerId = engineerId
        self.problemCode = problemCode
        self.causeCode = causeCode
        self.remedyCode = remedyCode
        self.misuse = misuse
        self.estimatedMinutes = estimatedMinutes
        self.plannedParts = plannedParts
        self.recordedAt = recordedAt
    }
}

/// Parts are needed; inventory reserves them, billing answers with `estimate-prepared`. Subject `visit/<id>`.
public struct PartsNeeded: Event, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "parts-needed"

    public var partRequestId: UUID
    public var visitId: UUID
    public var workOrderId: UUID
    public var workOrderNumber: String
    public var engineerId: UUID
    public var reason: PartsReason
    public var lines: [RequestedPart]
    public var neededAt: Date

    public init(
        partRequestId: UUID, visitId: UUID, workOrderId: UUID, workOrderNumber: String, engineerId: UUID,
        reason: PartsReason, lines: [RequestedPart] = [], neededAt: Date
    ) {
        self.partRequestId = partRequestId
        self.visitId = visitId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.engineerId = engineerId
        self.reason = reason
        self.lines = lines
        self.neededAt = neededAt
    }
}

/// A part went into the device: inventory books it, billing charges it. Subject `visit/<id>`.
public struct PartUsed: Event, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "part-used"

    public var usageId: UUID
    public var visitId: UUID
    public var workOrderId: UUID
    public var engineerId: UUID
    public var partCode: String
    public var quantity: Int
    public var partRequestId: UUID?
    public var lineId: UUID?
    public var serialFitted: String?
    public var serialRemoved: String?
    public var usedAt: Date

    public init(
        usageId: UUID, visitId: UUID, workOrderId: UUID, engineerId: UUID, partCode: String, quantity: Int,
        partRequestId: UUID? = nil, lineId: UUID? = nil, serialFitted: String? = nil, serialRemoved: String? = nil,
        usedAt: Date
    ) {
        self.usageId = usageId
        self.visitId = visitId
        self.workOrderId = workOrderId
        self.engineerId = engineerId
        self.partCode = partCode
        self.quantity = quantity
        self.partRequestId = partRequestId
        self.lineId = lineId
        self.serialFitted = serialFitted
        self.serialRemoved = serialRemoved
        self.usedAt = usedAt
    }
}
