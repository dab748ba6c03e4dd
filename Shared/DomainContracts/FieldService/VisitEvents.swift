import FoundationEssentials

/// The engineer is on his way. Subject `visit/<id>`.
public struct VisitDeparted: Event, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "visit-departed"

    public var visitId: UUID
    public var workOrderId: UUID
    public var engineerId: UUID
    public var departedAt: Date
    public var window: TimeWindow

    public init(visitId: UUID, workOrderId: UUID, engineerId: UUID, departedAt: Date, window: TimeWindow) {
        self.visitId = visitId
        self.workOrderId = workOrderId
        self.engineerId = engineerId
        self.departedAt = departedAt
        self.window = window
    }
}

/// The engineer is on site. Subject `visit/<id>`.
public struct VisitCheckedIn: Event, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "visit-checked-in"

    public var visitId: UUID
    public var workOrderId: UUID
    public var engineerId: UUID
    public var checkedInAt: Date
    public var window: TimeWindow
    public var originalWindow: TimeWindow
    public var position: Coordinates?

    public init(
        visitId: UUID, workOrderId: UUID, engineerId: UUID, checkedInAt: Date, window: TimeWindow,
        originalWindow: TimeWindow, position: Coordinates? = nil
    ) {
        self.visitId = visitId
        self.workOrderId = workOrderId
        self.engineerId = engineerId
        self.checkedInAt = checkedInAt
        self.window = window
        self.originalWindow = originalWindow
        self.position = position
    }
}

/// Work began. Subject `visit/<id>`.
public struct VisitStarted: Event, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "visit-started"

    public var visitId: UUID
    public var workOrderId: UUID
    public var engineerId: UUID
    public var startedAt: Date

    public init(visitId: UUID, workOrderId: UUID, engineerId: UUID, startedAt: Date) {
        self.visitId = visitId
        self.workOrderId = workOrderId
        self.engineerId = engineerId
        self.startedAt = startedAt
    }
}

/// Work stopped for a while. Subject `visit/<id>`.
public struct VisitPaused: Event, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "visit-paused"

    public var visitId: UUID
    public var workOrderId: UUID
    public var engineerId: UUID
    public var reason: String
    public var pausedAt: Date

    public init(visitId: UUID, workOrderId: UUID, engineerId: UUID, reason: String, pausedAt: Date) {
        self.visitId = visitId
        self.workOrderId = workOrderId
        self.engineerId = engineerId
        self.reason = reason
        self.pausedAt = pausedAt
    }
}

/// Work goes on. Subject `visit/<id>`.
public struct VisitResumed: Event, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "visit-resumed"

    public var visitId: UUID
    public var workOrderId: UUID
    public var engineerId: UUID
    public var resumedAt: Date

    public init(visitId: UUID, workOrderId: UUID, engineerId: UUID, resumedAt: Date) {
        self.visitId = visitId
        self.workOrderId = workOrderId
        self.engineerId = engineerId
        self.resumedAt = resumedAt
    }
}

/// The window passed without a check-in 爽约. Subject `visit/<id>`.
public struct VisitMissed: Event, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "visit-missed"

    public var visitId: UUID
    public var workOrderId: UUID
    public var engineerId: UUID
    public var window: TimeWindow
    public var missedAt: Date

    public init(visitId: UUID, workOrderId: UUID, engineerId: UUID, window: TimeWindow, missedAt: Date) {
        self.visitId = visitId
        self.workOrderId = workOrderId
        self.engineerId = engineerId
        self.window = window
        self.missedAt = missedAt
    }
}

/// The engineer was on his way when the order was closed, and turns round. Subject `visit/<id>`.
public struct VisitCalledOff: Event, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "visit-called-off"

    public var visitId: UUID
    public var workOrderId: UUID
    public var engineerId: UUID
    public var calledOffAt: Date

    public init(visitId: UUID, workOrderId: UUID, engineerId: UUID, calledOffAt: Date) {
        self.visitId = visitId
        self.workOrderId = workOrderId
        self.engineerId = engineerId
        self.calledOffAt = calledOffAt
    }
}

/// The visit is over, with all that others need of it. Subject `visit/<id>`.
public struct VisitEnded: Event, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "visit-ended"

    public var visitId: UUID
    public var workOrderId: UUID
    public var workOrderNumber: String
    public var engineerId: UUID
    public var reason: VisitEndReason
    public var outcome: Outcome?
    public var outcomeReason: String?
    public var startedAt: Date?
    public var endedAt: Date
    public var workMinutes: Int
    public var travelMinutes: Int
    /// Every use of a part on this visit.
    public var partsUsed: [PartUse]
    /// Every part request raised on this visit.
    public var partRequestIds: [UUID]
    public var requiredSkills: [SkillLevel]
    public var resumeOn: Date?
    public var report: ServiceReportReference?
    /// Who worked with the engineer, as long as he did; nil as nobody.
    public var helperIds: [UUID]?

    public init(
        visitId: UUID, workOrderId: UUID, workOrderNumber: String, engineerId: UUID, reason: VisitEndReason,
        outcome: Outcome? = nil, outcomeReason: String? = nil, startedAt: Date? = nil, endedAt: Date,
        workMinutes: Int, travelMinutes: Int, partsUsed: [PartUse] = [], partRequestIds: [UUID] = [],
        requiredSkills: [SkillLevel] = [], resumeOn: Date? = nil, report: ServiceReportReference? = nil,
        helperIds: [UUID]? = nil
    ) {
        self.visitId = visitId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.engineerId = engineerId
        self.reason = reason
        self.outcome = outcome
        self.outcomeReason = outcomeReason
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.workMinutes = workMinutes
        self.travelMinutes = travelMinutes
        self.partsUsed = partsUsed
        self.partRequestIds = partRequestIds
        self.requiredSkills = requiredSkills
        self.resumeOn = resumeOn
        self.report = report
        self.helperIds = helperIds
    }
}

/// One use of a part.
public struct PartUse: Codable, Sendable, Hashable {
    public var usageId: UUID
    public var partCode: String
    public var quantity: Int
    public var partRequestId: UUID?
    public var lineId: UUID?

    public init(usageId: UUID, partCode: String, quantity: Int, partRequestId: UUID? = nil, lineId: UUID? = nil) {
        self.usageId = usageId
        self.partCode = partCode
        self.quantity = quantity
        self.partRequestId = partRequestId
        self.lineId = lineId
    }
}

/// An immutable service report 服务报告, by its hash.
public struct ServiceReportReference: Codable, Sendable, Hashable {
    public var reportId: UUID
    /// What people read: `RP-20261121-000042`.
    public var reportNumber: String
    /// 1 for the first; an amendment is a new version.
    public var version: Int
    /// SHA-256 of the report's canonical JSON, lowercase hex.
    public var sha256: String

    public init(reportId: UUID, reportNumber: String, version: Int, sha256: String) {
        self.reportId = reportId
        self.reportNumber = reportNumber
        self.version = version
        self.sha256 = sha256
    }
}
