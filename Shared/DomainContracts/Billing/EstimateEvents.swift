import FoundationEssentials

/// What a finding or part request will cost, and whose word it needs. Subject `estimate/<id>`.
public struct EstimatePrepared: Event, Equatable {
    public static let service = ServiceName.billing
    public static let wireName = "estimate-prepared"

    public var estimateId: UUID
    public var workOrderId: UUID
    public var workOrderNumber: String
    public var visitId: UUID
    public var findingId: UUID?
    public var partRequestId: UUID?
    public var decision: EstimateDecision
    public var lines: [ChargeLine]
    /// What the customer would pay for the whole order, tax included.
    public var total: Money
    public var reason: CodedReason
    public var preparedAt: Date
    public var validUntil: Date
    /// The estimate of the same order that this one takes the place of: nobody answers that one any more.
    public var supersedes: UUID?
    /// Whether the newest finding of any problem says misuse: the cover counts for nothing then, but for what a dispute gave despite it. Nil:
    /// nothing is said of it.
    public var misuse: Bool?

    public init(
        estimateId: UUID, workOrderId: UUID, workOrderNumber: String, visitId: UUID, findingId: UUID? = nil,
        partRequestId: UUID? = nil, decision: EstimateDecision, lines: [ChargeLine] = [], total: Money,
        reason: CodedReason, preparedAt: Date, validUntil: Date, supersedes: UUID? = nil, misuse: Bool? = nil
    ) {
        self.estimateId = estimateId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.visitId = visitId
        self.findingId = findingId
        self.partRequestId = partRequestId
        self.decision = decision
        self.lines = lines
        self.total = total
        self.reason = reason
        self.preparedAt = preparedAt
        self.validUntil = validUntil
        self.supersedes = supersedes
        self.misuse = misuse
    }
}

/// Our approver allowed it; `decision` says what is still needed: `none` or `quote`. Subject `estimate/<id>`.
public struct EstimateApproved: Event, Equatable {
    public static let service = ServiceName.billing
    public static let wireName = "estimate-approved"

    public var estimateId: UUID
    public var workOrderId: UUID
    public var workOrderNumber: String
    public var visitId: UUID
    public var decision: EstimateDecision
    public var total: Money
    public var approvedAt: Date
    public var validUntil: Date

    public init(
        estimateId: UUID, workOrderId: UUID, workOrderNumber: String, visitId: UUID, decision: EstimateDecision,
        total: Money, approvedAt: Date, validUntil: Date
    ) {
        self.estimateId = estimateId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.visitId = visitId
        self.decision = decision
        self.total = total
        self.approvedAt = approvedAt
        self.validUntil = validUntil
    }
}

/// Our approver refused it, or did not answer in time. Subject `estimate/<id>`.
public struct EstimateRejected: Event, Equatable {
    public static let service = ServiceName.billing
    public static let wireName = "estimate-rejected"

    public var estimateId: UUID
    public var workOrderId: UUID
    public var visitId: UUID
    public var reason: String
    public var rejectedAt: Date

    public init(estimateId: UUID, workOrderId: UUID, visitId: UUID, reason: String, rejectedAt: Date) {
        self.estimateId = estimateId
        self.workOrderId = workOrderId
        self.visitId = visitId
        self.reason = reason
        self.rejectedAt = rejectedAt
    }
}

/// The customer accepted the quote. Subject `estimate/<id>`.
public struct QuoteAccepted: Event, Equatable {
    public static let service = ServiceName.billing
    public static let wireName = "quote-accepted"

    public var estimateId: UUID
    public var workOrderId: UUID
    public var visitId: UUID
    public var total: Money
    public var acceptedAt: Date

    public init(estimateId: UUID, workOrderId: UUID, visitId: UUID, total: Money, acceptedAt: Date) {
        self.estimateId = estimateId
        self.workOrderId = workOrderId
        self.visitId = visitId
        self.total = total
        self.acceptedAt = acceptedAt
    }
}

/// The customer refused the quote, or let it lapse. Subject `estimate/<id>`.
public struct QuoteRefused: Event, Equatable {
    public static let service = ServiceName.billing
    public static let wireName = "quote-refused"

    public var estimateId: UUID
    public var workOrderId: UUID
    public var visitId: UUID
    public var reason: String
    public var refusedAt: Date

    public init(estimateId: UUID, workOrderId: UUID, visitId: UUID, reason: String, refusedAt: Date) {
        self.estimateId = estimateId
        self.workOrderId = workOrderId
        self.visitId = visitId
        self.reason = reason
        self.refusedAt = refusedAt
    }
}

/// Billing tells somebody higher up: an estimate waits too long for our approver. Subject `estimate/<id>`.
public struct BillingEscalationRaised: Event, Equatable {
    public static let service = ServiceName.billing
    public static let wireName = "escalation-raised"

    public var estimateId: UUID
    public var workOrderId: UUID
    public var workOrderNumber: String
    public var escalation: Escalation

    public init(estimateId: UUID, workOrderId: UUID, workOrderNumber: String, escalation: Escalation) {
        self.estimateId = estimateId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.escalation = escalation
    }
}
