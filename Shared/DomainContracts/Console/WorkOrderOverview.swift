import FoundationEssentials

/// One work order as all services tell of it. What has not been told yet is absent.
public struct WorkOrderOverview: Codable, Sendable, Hashable {
    public var workOrderId: UUID
    public var workOrderNumber: String?
    public var requestId: UUID?
    public var customerId: UUID?
    public var contactId: UUID?
    public var siteId: UUID?
    public var deviceId: UUID?
    public var receivedAt: Date?
    public var channel: String?
    public var serviceType: ServiceType?
    public var priority: Priority?
    public var problem: String?
    public var entitlement: EntitlementKind?
    public var contractNumber: String?
    /// Every contract and warranty that applied, with what each decided; absent where none did.
    public var entitlementClauses: [EntitlementClause]?
    public var reworkOf: UUID?
    public var status: WorkOrderStatus?
    public var isOpen: Bool
    /// Who acts next.
    public var responsible: ResponsibleParty?
    public var outcome: Outcome?
    public var closureCode: ClosureCode?
    public var closedAt: Date?
    /// Why nobody may go, as dispatch told last, while somebody is needed.
    public var impasse: DispatchImpasse?
    public var clocks: [ClockState]
    /// In the order of their times.
    public var visits: [VisitOverview]
    public var estimates: [EstimateOverview]
    public var charge: ChargeOverview?
    public var surveys: [SurveyOverview]
    public var followUps: [FollowUpOverview]
    /// About what is charged, the oldest first; absent where there were none.
    public var disputes: [DisputeOverview]?

    public init(
        workOrderId: UUID, isOpen: Bool = true, clocks: [ClockState] = [], visits: [VisitOverview] = [],
        estimates: [EstimateOverview] = [], charge: ChargeOverview? = nil, surveys: [SurveyOverview] = [],
        followUps: [FollowUpOverview] = [], disputes: [DisputeOverview]? = nil
    ) {
        self.workOrderId = workOrderId
        self.isOpen = isOpen
        self.clocks = clocks
        self.visits = visits
        self.estimates = estimates
        self.charge = charge
        self.surveys = surveys
        self.followUps = followUps
        self.disputes = disputes
    }
}

/// One visit, or the offer of one that was not declined. It bears the assignment's id.
public struct VisitOverview: Codable, Sendable, Hashable {
    public var visitId: UUID
    public var engineerId: UUID?
    public var engineerName: String?
    public var helperIds: [UUID]
    public var assignment: AssignmentStatus?
    public var status: VisitStatus?
    /// What the customer was promised.
    public var window: TimeWindow?
    /// When within it the engineer is expected.
    public var planned: TimeWindow?
    public var departedAt: Date?
    public var checkedInAt: Date?
    public var startedAt: Date?
    public var endedAt: Date?
    public var endReason: VisitEndReason?
    public var outcome: Outcome?
    public var workMinutes: Int?
    public var travelMinutes: Int?
    public var reportNumber: String?
    public var findings: [FindingOverview]
    public var partsUsed: [FittedPart]

    public init(
        visitId: UUID, engineerId: UUID? = nil, helperIds: [UUID] = [], findings: [FindingOverview] = [],
        partsUsed: [FittedPart] = []
    ) {
        self.visitId = visitId
        self.engineerId = engineerId
        self.helperIds = helperIds
        self.findings = findings
        self.partsUsed = partsUsed
    }
}

/// What was found on a visit.
public struct FindingOverview: Codable, Sendable, Hashable {
    public var findingId: UUID
    public var problemCode: String
    public var causeCode: String?
    public var remedyCode: String?
    public var misuse: Bool
    public var recordedAt: Date

    public init(
        findingId: UUID, problemCode: String, causeCode: String? = nil, remedyCode: String? = nil, misuse: Bool,
        recordedAt: Date
    ) {
        self.findingId = findingId
        self.problemCode = problemCode
        self.causeCode = causeCode
        self.remedyCode = remedyCode
        self.misuse = misuse
        self.recordedAt = recordedAt
    }
}

/// A part that went into the device.
public struct FittedPart: Codable, Sendable, Hashable {
    public var usageId: UUID
    public var partCode: String
    public var quantity: Int
    public var serialFitted: String?
    public var serialRemoved: String?
    public var usedAt: Date

    public init(
        usageId: UUID, partCode: String, quantity: Int, serialFitted: String? = nil, serialRemoved: String? = nil,
        usedAt: Date
    ) {
        self.usageId = usageId
        self.partCode = partCode
        self.quantity = quantity
        self.serialFitted = serialFitted
        self.serialRemoved = serialRemoved
        self.usedAt = usedAt
    }
}

/// What an estimate came to, and how far it got.
public struct EstimateOverview: Codable, Sendable, Hashable {
    public var estimateId: UUID
    /// `prepared`, `approved`, `rejected`, `accepted` or `refused`.
    public var status: String
    /// What is still needed: `none`, `quote`, `approval`.
    public var decision: EstimateDecision?
    public var total: Money?
    public var at: Date

    public init(estimateId: UUID, status: String, decision: EstimateDecision? = nil, total: Money? = nil, at: Date) {
        self.estimateId = estimateId
        self.status = status
        self.decision = decision
        self.total = total
        self.at = at
    }
}

/// What the customer owes for a work order, and has paid.
public struct ChargeOverview: Codable, Sendable, Hashable {
    public var billNumber: String?
    public var lines: [ChargeLine]
    public var total: Money?
    public var paid: Money?
    /// Total − paid; below zero the customer has a deposit.
    public var balance: Money?
    public var charge: ChargeStatus?
    public var payment: PaymentStatus?
    public var invoice: InvoiceStatus?
    /// Why nothing is billed or asked for now.
    public var hold: CodedReason?
    /// Credit notes beside the bill, by number.
    public var creditNotes: [String: Money]?

    public init(lines: [ChargeLine] = []) {
        self.lines = lines
    }
}

/// What the customer answered.
public struct SurveyOverview: Codable, Sendable, Hashable {
    public var surveyId: UUID
    /// 1…5.
    public var satisfaction: Int
    /// 0…10.
    public var recommendation: Int?
    public var fixed: Bool
    public var comment: String?
    public var answeredAt: Date

    public init(
        surveyId: UUID, satisfaction: Int, recommendation: Int? = nil, fixed: Bool, comment: String? = nil,
        answeredAt: Date
    ) {
        self.surveyId = surveyId
        self.satisfaction = satisfaction
        self.recommendation = recommendation
        self.fixed = fixed
        self.comment = comment
        self.answeredAt = answeredAt
    }
}

/// A call to ask whether it was good, due or done.
public struct FollowUpOverview: Codable, Sendable, Hashable {
    public var followUpId: UUID
    public var dueAt: Date?
    public var result: FollowUpResult?
    /// What was said on the telephone.
    public var note: String?
    public var completedAt: Date?

    public init(
        followUpId: UUID, dueAt: Date? = nil, result: FollowUpResult? = nil, note: String? = nil,
        completedAt: Date? = nil
    ) {
        self.followUpId = followUpId
        self.dueAt = dueAt
        self.result = result
        self.note = note
        self.completedAt = completedAt
    }
}
