import DomainContracts
import FoundationEssentials

/// A work order as all services tell of it. It is a pure function of the set of events told: their order, and how often each
/// comes, change nothing. A member that is added later has to be optional, and filled by a rebuild.
struct OrderView: Codable, Sendable, Hashable {
    let workOrderId: UUID
    var origin: Latest<OrderOrigin>?
    var standing: Latest<OrderStanding>?
    var impasse: Latest<DispatchImpasse>?
    /// When somebody was asked last; nil as never.
    var lastOfferedAt: Date?
    /// By the clock's kind.
    var clocks: [String: Latest<ClockState>?] = [:]
    /// By the visit's id, which is the assignment's.
    var visits: [String: VisitView] = [:]
    var estimates: [String: EstimateView] = [:]
    var bill: Latest<Bill>?
    var settlement: Latest<Settlement>?
    var surveys: [String: SurveyOverview] = [:]
    var followUps: [String: FollowUpOverview] = [:]
    /// By the dispute's id; absent where there were none.
    var disputes: [String: Latest<DisputeOverview>?]?
    /// Credited amounts by the credit note's number; absent where there were none.
    var credits: [String: Money]?
    /// Its customer is forgotten: of what is told of it nothing personal is kept.
    var isForgotten: Bool?

    init(workOrderId: UUID) { self.workOrderId = workOrderId }

    mutating func take(_ clocks: [ClockState], _ sequence: Int, rank: Int) {
        for clock in clocks { self.clocks[clock.clock.rawValue, default: nil].take(clock, sequence, rank: rank) }
    }
}

/// What was promised to whom.
struct OrderOrigin: Codable, Sendable, Hashable {
    var workOrderNumber: String
    var requestId: UUID
    var customerId: UUID
    var contactId: UUID
    var siteId: UUID?
    var deviceId: UUID?
    var receivedAt: Date
    var channel: String
    var serviceType: ServiceType
    var priority: Priority
    var problem: String
    var entitlement: EntitlementKind
    var contractNumber: String?
    var reworkOf: UUID?
    var regionCode: String?
    var entitlementClauses: [EntitlementClause]?
}

struct OrderStanding: Codable, Sendable, Hashable {
    var status: WorkOrderStatus
    var responsible: ResponsibleParty?
    var outcome: Outcome?
    var closureCode: ClosureCode?
    var closedAt: Date?
    /// The round that dispatch is in, where it has to find somebody.
    var round: Int?

    static let ends: Set<WorkOrderStatus> = [.closed, .cancelled, .merged]
}

/// Dispatch's word on a visit and field service's, each by its own sequence.
struct VisitView: Codable, Sendable, Hashable {
    var engineerId: UUID?
    var assignment: Latest<AssignmentStatus>?
    var crew: Latest<[UUID]>?
    var window: Latest<TimeWindow>?
    var plan: Latest<VisitPlan>?
    var status: Latest<VisitStatus>?
    var departedAt: Latest<Date>?
    var checkedInAt: Latest<Date>?
    var startedAt: Latest<Date>?
    var ending: Latest<VisitEnding>?
    var findings: [String: FindingOverview] = [:]
    var partsUsed: [String: FittedPart] = [:]
}

/// When within the promised window the engineer is expected; a new promise takes it back.
struct VisitPlan: Codable, Sendable, Hashable {
    var planned: TimeWindow?
}

struct VisitEnding: Codable, Sendable, Hashable {
    var reason: VisitEndReason
    var outcome: Outcome?
    var workMinutes: Int
    var travelMinutes: Int
    var helperIds: [UUID]
    var reportNumber: String?
    var endedAt: Date
}

struct EstimateView: Codable, Sendable, Hashable {
    var progress: Latest<EstimateProgress>?
    /// What is still needed; the customer's word tells of none.
    var decision: Latest<EstimateDecision>?
    var total: Latest<Money>?
}

struct EstimateProgress: Codable, Sendable, Hashable {
    var status: String
    var at: Date
}

struct Bill: Codable, Sendable, Hashable {
    var number: String?
    var lines: [ChargeLine]
    var total: Money
}

struct Settlement: Codable, Sendable, Hashable {
    var charge: ChargeStatus
    var payment: PaymentStatus
    var invoice: InvoiceStatus
    var total: Money
    var paid: Money
    var balance: Money
    var hold: CodedReason?
}
