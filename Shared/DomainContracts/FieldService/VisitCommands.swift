import FoundationEssentials

/// The engineer sets out 出发.
public struct DepartForVisit: Command, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "depart"

    public var visitId: UUID
    public var engineerId: UUID
    public var position: Coordinates?
    public var occurredAt: Date?

    public init(visitId: UUID, engineerId: UUID, position: Coordinates? = nil, occurredAt: Date? = nil) {
        self.visitId = visitId
        self.engineerId = engineerId
        self.position = position
        self.occurredAt = occurredAt
    }
}

/// The engineer is there 签到.
public struct CheckIn: Command, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "check-in"

    public var visitId: UUID
    public var engineerId: UUID
    public var position: Coordinates?
    public var occurredAt: Date?

    public init(visitId: UUID, engineerId: UUID, position: Coordinates? = nil, occurredAt: Date? = nil) {
        self.visitId = visitId
        self.engineerId = engineerId
        self.position = position
        self.occurredAt = occurredAt
    }
}

/// Work begins.
public struct StartWork: Command, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "start-work"

    public var visitId: UUID
    public var engineerId: UUID
    public var occurredAt: Date?

    public init(visitId: UUID, engineerId: UUID, occurredAt: Date? = nil) {
        self.visitId = visitId
        self.engineerId = engineerId
        self.occurredAt = occurredAt
    }
}

/// Work stops for a while; the visit stays open.
public struct PauseVisit: Command, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "pause"

    public var visitId: UUID
    public var engineerId: UUID
    public var reason: String
    public var occurredAt: Date?

    public init(visitId: UUID, engineerId: UUID, reason: String, occurredAt: Date? = nil) {
        self.visitId = visitId
        self.engineerId = engineerId
        self.reason = reason
        self.occurredAt = occurredAt
    }
}

/// Work goes on.
public struct ResumeVisit: Command, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "resume"

    public var visitId: UUID
    public var engineerId: UUID
    public var occurredAt: Date?

    public init(visitId: UUID, engineerId: UUID, occurredAt: Date? = nil) {
        self.visitId = visitId
        self.engineerId = engineerId
        self.occurredAt = occurredAt
    }
}

/// What the engineer found of one problem: problem, cause, remedy 现象/原因/措施, and what its remedy will take. Findings of
/// several problems of an order add up; a finding of the same problem again takes the earlier one's place.
public struct RecordFinding: Command, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "record-finding"

    public var findingId: UUID
    public var visitId: UUID
    public var engineerId: UUID
    /// Tells the problems of an order apart: of each code, what was found last counts.
    public var problemCode: String
    public var causeCode: String?
    public var remedyCode: String?
    /// The customer's own doing: the order is chargeable then, whatever the cover and the other findings.
    public var misuse: Bool
    public var note: String?
    /// Work that the remedy of this problem will take from now on, minutes.
    public var estimatedMinutes: Int
    public var plannedParts: [PlannedPart]
    public var occurredAt: Date?

    public init(
        findingId: UUID, visitId: UUID, engineerId: UUID, problemCode: String, causeCode: String? = nil,
        remedyCode: String? = nil, misuse: Bool, note: String? = nil, estimatedMinutes: Int,
        plannedParts: [PlannedPart] = [], occurredAt: Date? = nil
    ) {
        self.findingId = findingId
        self.visitId = visitId
        self.engineerId = engineerId
        self.problemCode = problemCode
        self.causeCode = causeCode
        self.remedyCode = remedyCode
        self.misuse = misuse
        self.note = note
        self.estimatedMinutes = estimatedMinutes
        self.plannedParts = plannedParts
        self.occurredAt = occurredAt
    }
}

/// A part the remedy will take.
public struct PlannedPart: Codable, Sendable, Hashable {
    public var partCode: String
    public var quantity: Int

    public init(partCode: String, quantity: Int) {
        self.partCode = partCode
        self.quantity = quantity
    }
}

/// Parts that are not in the van 备件申请.
public struct RequestParts: Command, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "request-parts"

    public var partRequestId: UUID
    public var visitId: UUID
    public var engineerId: UUID
    public var reason: PartsReason
    public var lines: [RequestedPart]
    public var occurredAt: Date?

    public init(
        partRequestId: UUID, visitId: UUID, engineerId: UUID, reason: PartsReason, lines: [RequestedPart] = [],
        occurredAt: Date? = nil
    ) {
        self.partRequestId = partRequestId
        self.visitId = visitId
        self.engineerId = engineerId
        self.reason = reason
        self.lines = lines
        self.occurredAt = occurredAt
    }
}

/// One line of a part request.
public struct RequestedPart: Codable, Sendable, Hashable {
    public var lineId: UUID
    public var partCode: String
    public var quantity: Int

    public init(lineId: UUID, partCode: String, quantity: Int) {
        self.lineId = lineId
        self.partCode = partCode
        self.quantity = quantity
    }
}

/// A part went into the device; the one door for consumption.
public struct UsePart: Command, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "use-part"

    public var usageId: UUID
    public var visitId: UUID
    public var engineerId: UUID
    public var partCode: String
    public var quantity: Int
    /// The request line that this part was issued for; none when it came from the van's own stock.
    public var partRequestId: UUID?
    public var lineId: UUID?
    public var serialFitted: String?
    public var serialRemoved: String?
    public var occurredAt: Date?

    public init(
        usageId: UUID, visitId: UUID, engineerId: UUID, partCode: String, quantity: Int, partRequestId: UUID? = nil,
        lineId: UUID? = nil, serialFitted: String? = nil, serialRemoved: String? = nil, occurredAt: Date? = nil
    ) {
        self.usageId = usageId
        self.visitId = visitId
        self.engineerId = engineerId
        self.partCode = partCode
        self.quantity = quantity
        self.partRequestId = partRequestId
        self.lineId = lineId
        self.serialFitted = serialFitted
        self.serialRemoved = serialRemoved
        self.occurredAt = occurredAt
    }
}

/// The visit is over, for one reason.
public struct EndVisit: Command, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "end-visit"

    public var visitId: UUID
    public var engineerId: UUID
    public var reason: VisitEndReason
    /// Required when work is done or cannot be done.
    public var outcome: Outcome?
    public var outcomeReason: String?
    public var workMinutes: Int
    public var travelMinutes: Int
    public var note: String?
    /// What the next engineer must bring, when skill was short.
    public var requiredSkills: [SkillLevel]
    /// When it may go on, when the site was unsafe.
    public var resumeOn: Date?
    public var occurredAt: Date?

    public init(
        visitId: UUID, engineerId: UUID, reason: VisitEndReason, outcome: Outcome? = nil,
        outcomeReason: String? = nil, workMinutes: Int, travelMinutes: Int, note: String? = nil,
        requiredSkills: [SkillLevel] = [], resumeOn: Date? = nil, occurredAt: Date? = nil
    ) {
        self.visitId = visitId
        self.engineerId = engineerId
        self.reason = reason
        self.outcome = outcome
        self.outcomeReason = outcomeReason
        self.workMinutes = workMinutes
        self.travelMinutes = travelMinutes
        self.note = note
        self.requiredSkills = requiredSkills
        self.resumeOn = resumeOn
        self.occurredAt = occurredAt
    }
}

/// The customer confirms the service report, with his signature 电子签名 or through his link.
public struct ConfirmCompletion: Command, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "confirm-completion"
    public static let isChannelled = true

    public var workOrderId: UUID
    public var reportId: UUID?
    public var signedBy: String?
    public var signature: Attachment?
    public var token: String?
    public var channelUserId: String?
    public var occurredAt: Date?

    public init(
        workOrderId: UUID, reportId: UUID? = nil, signedBy: String? = nil, signature: Attachment? = nil,
        token: String? = nil, channelUserId: String? = nil, occurredAt: Date? = nil
    ) {
        self.workOrderId = workOrderId
        self.reportId = reportId
        self.signedBy = signedBy
        self.signature = signature
        self.token = token
        self.channelUserId = channelUserId
        self.occurredAt = occurredAt
    }
}

/// The customer says that it is not done.
public struct DisputeCompletion: Command, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "dispute-completion"
    public static let isChannelled = true

    public var workOrderId: UUID
    public var reason: String
    public var token: String?
    public var channelUserId: String?
    public var occurredAt: Date?

    public init(
        workOrderId: UUID, reason: String, token: String? = nil, channelUserId: String? = nil, occurredAt: Date? = nil
    ) {
        self.workOrderId = workOrderId
        self.reason = reason
        self.token = token
        self.channelUserId = channelUserId
        self.occurredAt = occurredAt
    }
}
