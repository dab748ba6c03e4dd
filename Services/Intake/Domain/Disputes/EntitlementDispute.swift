import DomainContracts
import FoundationEssentials

/// The customer's objection to what his order is charged for, with what he hands in for it and what was decided.
struct EntitlementDispute: Codable, Sendable, Equatable {
    let id: UUID
    let workOrderId: UUID
    let workOrderNumber: String
    let customerId: UUID
    let reason: DisputeReason
    private(set) var statement: String
    private(set) var evidence: [Attachment]
    let claim: EntitlementClaim?
    /// Nil: our own people said so for the customer.
    let channel: String?
    let openedAt: Date
    let decideBy: Date
    private(set) var status = DisputeStatus.open
    private(set) var endedAt: Date?
    private(set) var endedBy: String?
    private(set) var decisionReason: String?
    /// What the order is entitled to, as this dispute left it.
    private(set) var entitlement: Entitlement
    private(set) var previousEntitlement: Entitlement?
    private(set) var coverDespiteMisuse: Cover?
    /// Whether misuse had been found by then; nil as no.
    private(set) var misuseFound: Bool?

    init(
        _ command: DisputeEntitlement, id: UUID, order: WorkOrder, channel: String?, openedAt: Date, decideBy: Date
    ) {
        self.id = id
        workOrderId = order.id
        workOrderNumber = order.number
        customerId = order.customerId
        reason = command.reason
        statement = command.statement
        evidence = command.evidence
        claim = command.claim
        self.channel = channel
        self.openedAt = openedAt
        self.decideBy = decideBy
        entitlement = order.entitlement
    }

    var isOpen: Bool { status == .open }

    /// What upholding it takes for shown where nobody says what is: of what was claimed, that which it is about.
    var upheldClaim: EntitlementClaim {
        switch reason {
        case .warranty: EntitlementClaim(purchasedOn: claim?.purchasedOn, warrantyEndsOn: claim?.warrantyEndsOn)
        case .contract: EntitlementClaim(contractNumber: claim?.contractNumber)
        default: EntitlementClaim()
        }
    }

    /// Ends it, once: what is ended stays as it was ended.
    ///
    /// - Parameters:
    ///   - outcome: what it gives the order; nil when it gives nothing.
    ///   - misuseFound: whether misuse was found so far.
    mutating func end(
        as status: DisputeStatus, at date: Date, by who: String?, reason: String?, _ outcome: DisputeOutcome? = nil,
        misuseFound: Bool? = nil
    ) {
        guard isOpen else { return }
        self.status = status
        endedAt = date
        endedBy = who
        decisionReason = reason
        self.misuseFound = misuseFound
        coverDespiteMisuse = outcome?.coverDespiteMisuse
        if let better = outcome?.entitlement, better != entitlement {
            previousEntitlement = entitlement
            entitlement = better
        }
    }

    /// Forgets what was said for and against it.
    mutating func forget() {
        statement = ""
        evidence = []
        decisionReason = nil
        if status == .withdrawn { endedBy = nil }
    }

    var news: EntitlementDisputeChanged {
        EntitlementDisputeChanged(
            disputeId: id, workOrderId: workOrderId, workOrderNumber: workOrderNumber, customerId: customerId,
            status: status, reason: reason, statement: statement, evidence: evidence, claim: claim, channel: channel,
            openedAt: openedAt, decideBy: decideBy, endedAt: endedAt, decisionReason: decisionReason,
            endedBy: endedBy, entitlement: entitlement, previousEntitlement: previousEntitlement,
            coverDespiteMisuse: coverDespiteMisuse, misuseFound: misuseFound)
    }
}

/// What a company may set about disputes.
struct DisputePolicy: Sendable {
    /// Working days, of the calendar `working_hours`, until somebody higher up is told that nobody has decided.
    var workingDays = 3
    /// How many of one order the customer may open; our own people may open more for him.
    static let customersLimit = 10
}
