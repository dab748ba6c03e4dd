import FoundationEssentials

/// One visit, with its findings and parts.
public struct VisitQuery: Query, Equatable {
    public typealias Reply = VisitAnswer
    public static let service = ServiceName.fieldService
    public static let wireName = "visit"

    public var visitId: UUID

    public init(visitId: UUID) {
        self.visitId = visitId
    }
}

/// A visit as field service holds it.
public struct VisitAnswer: Codable, Sendable, Equatable {
    public var found: Bool
    public var visitId: UUID?
    public var workOrderId: UUID?
    public var engineerId: UUID?
    public var status: VisitStatus?
    public var window: TimeWindow?
    /// When within the window the engineer is to be there, as far as his day is planned.
    public var planned: TimeWindow?
    public var endReason: VisitEndReason?
    public var report: ServiceReportReference?
    /// Who goes with the engineer; nil as nobody.
    public var helperIds: [UUID]?
    /// The newest last.
    public var findings: [ReportedFinding]?
    public var parts: [ReportedPart]?
    /// What he said when he ended it.
    public var note: String?

    public init(
        found: Bool, visitId: UUID? = nil, workOrderId: UUID? = nil, engineerId: UUID? = nil,
        status: VisitStatus? = nil, window: TimeWindow? = nil, planned: TimeWindow? = nil,
        endReason: VisitEndReason? = nil, report: ServiceReportReference? = nil, helperIds: [UUID]? = nil,
        findings: [ReportedFinding]? = nil, parts: [ReportedPart]? = nil, note: String? = nil
    ) {
        self.found = found
        self.visitId = visitId
        self.workOrderId = workOrderId
        self.engineerId = engineerId
        self.status = status
        self.window = window
        self.planned = planned
        self.endReason = endReason
        self.report = report
        self.helperIds = helperIds
        self.findings = findings
        self.parts = parts
        self.note = note
    }
}

/// Field service's lines of the reconciliation.
public struct FieldServiceTotalsQuery: Query, Equatable {
    public typealias Reply = FieldServiceTotals
    public static let service = ServiceName.fieldService
    public static let wireName = "totals"

    public init() {
    }
}

/// Counts over every visit.
public struct FieldServiceTotals: Codable, Sendable, Equatable {
    public var visitsByStatus: [String: Int]
    public var visitsByEndReason: [String: Int]
    public var reports: Int
    public var workMinutes: Int
    public var travelMinutes: Int
    public var arrivedOnTime: Int
    public var arrived: Int

    public init(
        visitsByStatus: [String: Int] = [:], visitsByEndReason: [String: Int] = [:], reports: Int, workMinutes: Int,
        travelMinutes: Int, arrivedOnTime: Int, arrived: Int
    ) {
        self.visitsByStatus = visitsByStatus
        self.visitsByEndReason = visitsByEndReason
        self.reports = reports
        self.workMinutes = workMinutes
        self.travelMinutes = travelMinutes
        self.arrivedOnTime = arrivedOnTime
        self.arrived = arrived
    }
}
