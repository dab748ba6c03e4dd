import FoundationEssentials

/// The customer, or somebody for him, disputes what an order is charged for: that it is out of warranty, or that misuse
/// excludes it. Allowed while no other dispute of the order is open; not of cancelled and merged orders. A customer may do so as
/// long as there were fewer than ten of the order; our own people always.
public struct DisputeEntitlement: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "dispute-entitlement"
    public static let isChannelled = true

    public var workOrderId: UUID
    public var reason: DisputeReason
    /// In the customer's words, 1 to 8,000 characters.
    public var statement: String
    /// Receipts, contracts, photos; at most 50.
    public var evidence: [Attachment]
    /// What the evidence is to show.
    public var claim: EntitlementClaim?
    public var occurredAt: Date?
    /// The token of the link by which the request is followed, when the customer says so through it.
    public var token: String?
    /// Who says so, as the channel that took the report knows him.
    public var channelUserId: String?

    public init(
        workOrderId: UUID, reason: DisputeReason, statement: String, evidence: [Attachment] = [],
        claim: EntitlementClaim? = nil, occurredAt: Date? = nil, token: String? = nil, channelUserId: String? = nil
    ) {
        self.workOrderId = workOrderId
        self.reason = reason
        self.statement = statement
        self.evidence = evidence
        self.claim = claim
        self.occurredAt = occurredAt
        self.token = token
        self.channelUserId = channelUserId
    }
}

/// What the order's entitlement would follow from.
public struct EntitlementClaim: Codable, Sendable, Hashable {
    /// Day of purchase, `YYYY-MM-DD`.
    public var purchasedOn: String?
    /// Last day of the registered warranty, `YYYY-MM-DD`.
    public var warrantyEndsOn: String?
    /// A contract of the customer's that is to cover the device.
    public var contractNumber: String?

    public init(purchasedOn: String? = nil, warrantyEndsOn: String? = nil, contractNumber: String? = nil) {
        self.purchasedOn = purchasedOn
        self.warrantyEndsOn = warrantyEndsOn
        self.contractNumber = contractNumber
    }
}

/// Decides an open dispute. The entitlement is resolved anew from what is accepted, and never becomes less than it was.
public struct DecideEntitlementDispute: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "decide-entitlement-dispute"

    public var disputeId: UUID
    /// `upheld`, `partly_upheld` or `rejected`.
    public var decision: DisputeStatus
    /// Why, for the customer and for whoever looks at it later; 1 to 2,000 characters.
    public var reason: String
    /// What the evidence does show. Nil: nothing, but that an `upheld` dispute about `warranty` takes the claimed days, and one
    /// about `contract` the claimed contract.
    public var accepted: EntitlementClaim?
    /// Of `partly_upheld`: what becomes free.
    public var cover: Cover?
    /// Whether what was found is no misuse after all; nil: when that is the dispute's reason, and when an upheld dispute of
    /// the order has said so before.
    public var isMisuseSetAside: Bool?
    public var expectedVersion: Int?

    public init(
        disputeId: UUID, decision: DisputeStatus, reason: String, accepted: EntitlementClaim? = nil,
        cover: Cover? = nil, isMisuseSetAside: Bool? = nil, expectedVersion: Int? = nil
    ) {
        self.disputeId = disputeId
        self.decision = decision
        self.reason = reason
        self.accepted = accepted
        self.cover = cover
        self.isMisuseSetAside = isMisuseSetAside
        self.expectedVersion = expectedVersion
    }
}

/// Takes an open dispute back.
public struct WithdrawEntitlementDispute: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "withdraw-entitlement-dispute"
    public static let isChannelled = true

    public var disputeId: UUID
    public var reason: String?
    public var token: String?
    public var channelUserId: String?

    public init(disputeId: UUID, reason: String? = nil, token: String? = nil, channelUserId: String? = nil) {
        self.disputeId = disputeId
        self.reason = reason
        self.token = token
        self.channelUserId = channelUserId
    }
}

/// What is disputed.
public struct DisputeReason: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The device is in warranty.
    public static let warranty = DisputeReason(rawValue: "warranty")
    /// A contract covers it.
    public static let contract = DisputeReason(rawValue: "contract")
    /// It was not misused.
    public static let notMisuse = DisputeReason(rawValue: "not_misuse")
    public static let other = DisputeReason(rawValue: "other")

    public static let known: [Self] = [.warranty, .contract, .notMisuse, .other]
}

/// How a dispute stands.
public struct DisputeStatus: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let open = DisputeStatus(rawValue: "open")
    public static let upheld = DisputeStatus(rawValue: "upheld")
    public static let partlyUpheld = DisputeStatus(rawValue: "partly_upheld")
    public static let rejected = DisputeStatus(rawValue: "rejected")
    /// Taken back, or the order was cancelled or merged.
    public static let withdrawn = DisputeStatus(rawValue: "withdrawn")

    public static let known: [Self] = [.open, .upheld, .partlyUpheld, .rejected, .withdrawn]
    public static let decisions: [Self] = [.upheld, .partlyUpheld, .rejected]
}

/// A dispute about an order's entitlement was opened, decided or withdrawn; the whole of it as it stands now. Subject
/// `entitlement-dispute/<id>`.
public struct EntitlementDisputeChanged: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "entitlement-dispute-changed"

    public var disputeId: UUID
    public var workOrderId: UUID
    public var workOrderNumber: String
    public var customerId: UUID
    public var status: DisputeStatus
    public var reason: DisputeReason
    public var statement: String
    public var evidence: [Attachment]
    public var claim: EntitlementClaim?
    /// The channel by which the customer said so; nil: our own people did for him.
    public var channel: String?
    public var openedAt: Date
    /// When somebody higher up is told that nobody has decided.
    public var decideBy: Date
    public var endedAt: Date?
    /// Why it was decided so.
    public var decisionReason: String?
    /// Who decided or withdrew.
    public var endedBy: String?
    /// What the order is entitled to now.
    public var entitlement: Entitlement
    /// What it was entitled to before the decision, where that changed it.
    public var previousEntitlement: Entitlement?
    /// What is free although misuse was found, because that finding was set aside; nil: misuse covers nothing.
    public var coverDespiteMisuse: Cover?
    /// Whether misuse had been found by the time of the decision: then no more than `coverDespiteMisuse` is free. Nil as no.
    public var misuseFound: Bool?

    public init(
        disputeId: UUID, workOrderId: UUID, workOrderNumber: String, customerId: UUID, status: DisputeStatus,
        reason: DisputeReason, statement: String, evidence: [Attachment] = [], claim: EntitlementClaim? = nil,
        channel: String? = nil, openedAt: Date, decideBy: Date, endedAt: Date? = nil, decisionReason: String? = nil,
        endedBy: String? = nil, entitlement: Entitlement, previousEntitlement: Entitlement? = nil,
        coverDespiteMisuse: Cover? = nil, misuseFound: Bool? = nil
    ) {
        self.disputeId = disputeId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.customerId = customerId
        self.status = status
        self.reason = reason
        self.statement = statement
        self.evidence = evidence
        self.claim = claim
        self.channel = channel
        self.openedAt = openedAt
        self.decideBy = decideBy
        self.endedAt = endedAt
        self.decisionReason = decisionReason
        self.endedBy = endedBy
        self.entitlement = entitlement
        self.previousEntitlement = previousEntitlement
        self.coverDespiteMisuse = coverDespiteMisuse
        self.misuseFound = misuseFound
    }
}
