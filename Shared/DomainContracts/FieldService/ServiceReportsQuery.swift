import FoundationEssentials

/// The service reports of a work order, as the customer was asked to confirm them; the newest first.
public struct ServiceReportsQuery: Query, Equatable {
    public typealias Reply = ServiceReportsAnswer
    public static let service = ServiceName.fieldService
    public static let wireName = "service-reports"

    public var workOrderId: UUID

    public init(workOrderId: UUID) { self.workOrderId = workOrderId }
}

/// Answers ``ServiceReportsQuery``.
public struct ServiceReportsAnswer: Codable, Sendable, Equatable {
    public var reports: [ServiceReportView]

    public init(reports: [ServiceReportView]) { self.reports = reports }
}

/// A service report 服务报告: what was found and done at a visit, and what the customer said to it.
public struct ServiceReportView: Codable, Sendable, Equatable {
    public var report: ServiceReportReference
    public var status: ServiceReportStatus
    public var workOrderNumber: String
    public var visitId: UUID
    public var engineerId: UUID
    /// Who worked with the engineer; nil as nobody.
    public var helperIds: [UUID]?
    /// What was reported, and when.
    public var problem: String
    public var receivedAt: Date
    public var checkedInAt: Date?
    public var startedAt: Date?
    public var endedAt: Date
    public var endReason: VisitEndReason
    public var outcome: Outcome
    public var outcomeReason: String?
    public var workMinutes: Int
    public var travelMinutes: Int
    public var findings: [ReportedFinding]
    public var parts: [ReportedPart]
    /// The engineer's own words.
    public var note: String?
    public var madeAt: Date
    /// What the customer said; nil until he has said something.
    public var word: ReportedWord?

    public init(
        report: ServiceReportReference, status: ServiceReportStatus, workOrderNumber: String, visitId: UUID,
        engineerId: UUID, helperIds: [UUID]? = nil, problem: String, receivedAt: Date, checkedInAt: Date? = nil,
        startedAt: Date? = nil, endedAt: Date, endReason: VisitEndReason, outcome: Outcome,
        outcomeReason: String? = nil, workMinutes: Int, travelMinutes: Int, findings: [ReportedFinding],
        parts: [ReportedPart], note: String? = nil, madeAt: Date, word: ReportedWord? = nil
    ) {
        self.report = report
        self.status = status
        self.workOrderNumber = workOrderNumber
        self.visitId = visitId
        self.engineerId = engineerId
        self.helperIds = helperIds
        self.problem = problem
        self.receivedAt = receivedAt
        self.checkedInAt = checkedInAt
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.endReason = endReason
        self.outcome = outcome
        self.outcomeReason = outcomeReason
        self.workMinutes = workMinutes
        self.travelMinutes = travelMinutes
        self.findings = findings
        self.parts = parts
        self.note = note
        self.madeAt = madeAt
        self.word = word
    }
}

/// Problem, cause and remedy, as the engineer found them.
public struct ReportedFinding: Codable, Sendable, Hashable {
    public var problemCode: String
    public var causeCode: String?
    public var remedyCode: String?
    /// The customer's own doing.
    public var misuse: Bool
    public var note: String?

    public init(
        problemCode: String, causeCode: String? = nil, remedyCode: String? = nil, misuse: Bool, note: String? = nil
    ) {
        self.problemCode = problemCode
        self.causeCode = causeCode
        self.remedyCode = remedyCode
        self.misuse = misuse
        self.note = note
    }
}

/// A part that went into the device.
public struct ReportedPart: Codable, Sendable, Hashable {
    public var partCode: String
    /// Pieces.
    public var quantity: Int
    public var serialFitted: String?
    public var serialRemoved: String?

    public init(partCode: String, quantity: Int, serialFitted: String? = nil, serialRemoved: String? = nil) {
        self.partCode = partCode
        self.quantity = quantity
        self.serialFitted = serialFitted
        self.serialRemoved = serialRemoved
    }
}

/// What was said to a report.
public struct ReportedWord: Codable, Sendable, Equatable {
    public var at: Date
    /// Nil where it was disputed.
    public var how: ConfirmationKind?
    public var signedBy: String?
    public var signature: Attachment?
    /// Why he objected.
    public var reason: String?

    public init(
        at: Date, how: ConfirmationKind? = nil, signedBy: String? = nil, signature: Attachment? = nil,
        reason: String? = nil
    ) {
        self.at = at
        self.how = how
        self.signedBy = signedBy
        self.signature = signature
        self.reason = reason
    }
}
