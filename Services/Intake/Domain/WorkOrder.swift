import DomainContracts
import FoundationEssentials

/// Our promise: what has to be done for whom, by when, and what the services said about it.
struct WorkOrder: Codable, Sendable, Equatable {
    let id: UUID
    let number: String
    let requestId: UUID
    let channel: String
    /// Who reported, on that channel: he may act on the order from there.
    private(set) var channelUserId: String?
    let customerId: UUID
    let contactId: UUID
    let siteContactId: UUID?
    let siteId: UUID?
    let deviceId: UUID?
    private(set) var brief: WorkOrderBrief
    private(set) var entitlement: Entitlement
    let receivedAt: Date
    let reworkOf: UUID?
    let relatedWorkOrderId: UUID?
    /// The merged order whose place it takes.
    let unmergedFrom: UUID?

    /// Written by `settle` alone, from the facts.
    private(set) var status: WorkOrderState
    var outcome: Outcome?
    var facts: WorkOrderFacts
    var clocks: [SLAClock]
    private var slaTerms: SLATerms?
    /// The mark of the book by which its clocks were reckoned last; nil when that has to be done.
    var reckonedBy: Int?
    /// How each clock stood when the order was last written; for counting only, never for deciding.
    var clockStatus: [String: String] = [:]
    /// When the present status began.
    var statusSince: Date
    /// When clocks are looked at next; nil when none runs.
    var watchClocksAt: Date?
    /// When the present wait runs out.
    var waitUntil: Date?
    var firstResponseAt: Date?
    var resolvedAt: Date?
    /// As dispatch told last; nil where somebody goes, or has been asked since.
    var dispatchImpasse: DispatchImpasse?
    var settlement: SettlementFacts?
    var chargeFinalAt: Date?
    var escalations: [EscalationFact] = []
    var reinstatedAt: Date?
    /// What it was probably a duplicate of when it was opened, without what people dismissed since.
    var duplicates: [ProbableDuplicate]?
    /// The order that took its place when it was unmerged.
    var unmergedAs: UUID?
    /// The dispute about its entitlement that nobody has decided yet.
    var openDisputeId: UUID?
    /// How many disputes there were; nil as none.
    var disputeCount: Int?
    /// An upheld dispute has set the finding of misuse aside for good; nil as no.
    var isMisuseAside: Bool?
    /// What it was entitled to before disputes were decided, the oldest first.
    var earlierEntitlements: [EarlierEntitlement]?

    /// - Parameter promisedFrom: when its clocks start, where that is not when it was received.
    init(
        id: UUID, number: String, requestId: UUID, channel: String, channelUserId: String?, customerId: UUID,
        contactId: UUID, siteContactId: UUID? = nil, siteId: UUID?, deviceId: UUID?, brief: WorkOrderBrief,
        entitlement: Entitlement, receivedAt: Date, openedAt: Date, reworkOf: UUID? = nil,
        relatedWorkOrderId: UUID? = nil, unmergedFrom: UUID? = nil, promisedFrom: Date? = nil, need: DispatchNeed?,
        book: SLABook
    ) {
        self.id = id
        self.number = number
        self.requestId = requestId
        self.channel = channel
        self.channelUserId = channelUserId
        self.customerId = customerId
        self.contactId = contactId
        self.siteContactId = siteContactId
        self.siteId = siteId
        self.deviceId = deviceId
        self.brief = brief
        self.entitlement = entitlement
        self.receivedAt = receivedAt
        self.reworkOf = reworkOf
        self.relatedWorkOrderId = relatedWorkOrderId
        self.unmergedFrom = unmergedFrom
        facts = WorkOrderFacts(need: need)
        status = WorkOrderStatusRule.status(of: facts)
        statusSince = openedAt
        let promise = book.promise(entitlement.responseLevel, brief.priority, brief.serviceType)
        clocks = promise.clocks(from: promisedFrom ?? receivedAt, visit: need != nil)
        slaTerms = promise.terms
        reckonedBy = book.mark
    }

    /// How its clocks are treated. Orders of before service levels were documents keep none: version 1 says the same.
    var terms: SLATerms {
        get {
            slaTerms
                ?? SLABook.standard.promise(entitlement.responseLevel, brief.priority, brief.serviceType).terms
        }
        set { slaTerms = newValue }
    }

    /// Takes what it is entitled to now.
    ///
    /// - Returns: what it was entitled to before; nil when that is the same.
    mutating func replaceEntitlement(by new: Entitlement) -> Entitlement? {
        guard new != entitlement else { return nil }
        defer { entitlement = new }
        return entitlement
    }

    /// Every calendar that its clocks name.
    var calendarRefs: Set<CalendarRef> { Set(clocks.map(\.calendar)) }

    /// Forgets who reported, what he said, where it was, and what was said about it.
    mutating func forget() {
        channelUserId = nil
        brief.problem = ""
        brief.location = nil
        facts.remoteResolution?.remedy = ""
        for index in facts.trips.indices { facts.trips[index].end?.outcomeReason = nil }
    }

    /// Takes the status that the facts give.
    mutating func takeStatus() { status = WorkOrderStatusRule.status(of: facts) }

    /// The engineer who is on the job, or was last.
    var engineerId: UUID? {
        let open = facts.trips.filter { $0.stage != nil }.max { ($0.stage?.rawValue ?? 0) < ($1.stage?.rawValue ?? 0) }
        return (open ?? facts.trips.last { $0.acceptedAt != nil || $0.isOnSite })?.engineerId
    }
}

/// What has to be done where.
struct WorkOrderBrief: Codable, Sendable, Equatable {
    var serviceType: ServiceType
    var serviceMode: ServiceMode
    var priority: Priority
    var category: String?
    var brand: String?
    var model: String?
    /// What is printed on the device, as far as anybody read it.
    var deviceLabel: String?
    var problem: String
    var faultCode: String?
    var regionCode: String?
    var location: Coordinates?
    var language: String
}

/// Billing's three tracks, as last heard.
struct SettlementFacts: Codable, Sendable, Equatable {
    var charge: ChargeStatus
    var payment: PaymentStatus
    var invoice: InvoiceStatus
    var total: Money
    var balance: Money
    var sequence: String
}

/// Somebody higher up was told.
struct EscalationFact: Codable, Sendable, Equatable {
    /// The clock's name, or the wait's.
    var about: String
    var step: Int
    var at: Date
}
