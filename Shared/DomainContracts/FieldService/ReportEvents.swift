import FoundationEssentials

/// A report was made after its visit had ended without one: a quote was refused, or an estimate rejected, and nobody goes again. Those
/// that a visit ends with are told in `visit-ended`. Subject `service-report/<report id>`.
public struct ReportPrepared: Event, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "report-prepared"

    public var report: ServiceReportReference
    public var visitId: UUID
    public var workOrderId: UUID
    public var workOrderNumber: String
    public var engineerId: UUID
    public var outcome: Outcome
    public var preparedAt: Date

    public init(
        report: ServiceReportReference, visitId: UUID, workOrderId: UUID, workOrderNumber: String, engineerId: UUID,
        outcome: Outcome, preparedAt: Date
    ) {
        self.report = report
        self.visitId = visitId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.engineerId = engineerId
        self.outcome = outcome
        self.preparedAt = preparedAt
    }
}

/// The customer confirmed, or his time to dispute ran out. Subject `service-report/<report id>`.
public struct CompletionConfirmed: Event, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "completion-confirmed"

    public var workOrderId: UUID
    public var workOrderNumber: String
    public var visitId: UUID
    public var reportId: UUID
    public var how: ConfirmationKind
    public var confirmedAt: Date

    public init(
        workOrderId: UUID, workOrderNumber: String, visitId: UUID, reportId: UUID, how: ConfirmationKind,
        confirmedAt: Date
    ) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.visitId = visitId
        self.reportId = reportId
        self.how = how
        self.confirmedAt = confirmedAt
    }
}

/// The customer says that it is not done. Subject `service-report/<report id>`.
public struct CompletionDisputed: Event, Equatable {
    public static let service = ServiceName.fieldService
    public static let wireName = "completion-disputed"

    public var workOrderId: UUID
    public var workOrderNumber: String
    public var visitId: UUID
    public var reportId: UUID
    public var reason: String
    public var disputedAt: Date

    public init(
        workOrderId: UUID, workOrderNumber: String, visitId: UUID, reportId: UUID, reason: String, disputedAt: Date
    ) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.visitId = visitId
        self.reportId = reportId
        self.reason = reason
        self.disputedAt = disputedAt
    }
}
