import FoundationEssentials

/// Our own approver allows an estimate.
public struct ApproveEstimate: Command, Equatable {
    public static let service = ServiceName.billing
    public static let wireName = "approve"

    public var estimateId: UUID
    public var note: String?
    public var occurredAt: Date?

    public init(estimateId: UUID, note: String? = nil, occurredAt: Date? = nil) {
        self.estimateId = estimateId
        self.note = note
        self.occurredAt = occurredAt
    }
}

/// Our own approver refuses an estimate.
public struct RejectEstimate: Command, Equatable {
    public static let service = ServiceName.billing
    public static let wireName = "reject"

    public var estimateId: UUID
    public var reason: String
    public var occurredAt: Date?

    public init(estimateId: UUID, reason: String, occurredAt: Date? = nil) {
        self.estimateId = estimateId
        self.reason = reason
        self.occurredAt = occurredAt
    }
}

/// The customer accepts the quote.
public struct AcceptQuote: Command, Equatable {
    public static let service = ServiceName.billing
    public static let wireName = "accept-quote"
    public static let isChannelled = true

    public var estimateId: UUID
    public var token: String?
    public var channelUserId: String?
    public var occurredAt: Date?

    public init(estimateId: UUID, token: String? = nil, channelUserId: String? = nil, occurredAt: Date? = nil) {
        self.estimateId = estimateId
        self.token = token
        self.channelUserId = channelUserId
        self.occurredAt = occurredAt
    }
}

/// The customer refuses the quote.
public struct RefuseQuote: Command, Equatable {
    public static let service = ServiceName.billing
    public static let wireName = "refuse-quote"
    public static let isChannelled = true

    public var estimateId: UUID
    public var reason: String?
    public var token: String?
    public var channelUserId: String?
    public var occurredAt: Date?

    public init(
        estimateId: UUID, reason: String? = nil, token: String? = nil, channelUserId: String? = nil,
        occurredAt: Date? = nil
    ) {
        self.estimateId = estimateId
        self.reason = reason
        self.token = token
        self.channelUserId = channelUserId
        self.occurredAt = occurredAt
    }
}

/// Money arrived at the bank or a payment provider.
public struct RecordPayment: Command, Equatable {
    public static let service = ServiceName.billing
    public static let wireName = "record-payment"
    public static let isChannelled = true

    public var paymentId: UUID
    public var workOrderId: UUID
    public var amount: Money
    public var method: PaymentMethod
    /// The provider's or bank's reference.
    public var reference: String
    public var occurredAt: Date?

    public init(
        paymentId: UUID, workOrderId: UUID, amount: Money, method: PaymentMethod, reference: String,
        occurredAt: Date? = nil
    ) {
        self.paymentId = paymentId
        self.workOrderId = workOrderId
        self.amount = amount
        self.method = method
        self.reference = reference
        self.occurredAt = occurredAt
    }
}

/// The engineer took money on site 现场收费: it stands in his clearing account until he remits it.
public struct CollectPayment: Command, Equatable {
    public static let service = ServiceName.billing
    public static let wireName = "collect-payment"

    public var paymentId: UUID
    public var workOrderId: UUID
    public var engineerId: UUID
    public var amount: Money
    public var method: PaymentMethod
    public var occurredAt: Date?

    public init(
        paymentId: UUID, workOrderId: UUID, engineerId: UUID, amount: Money, method: PaymentMethod,
        occurredAt: Date? = nil
    ) {
        self.paymentId = paymentId
        self.workOrderId = workOrderId
        self.engineerId = engineerId
        self.amount = amount
        self.method = method
        self.occurredAt = occurredAt
    }
}

/// The engineer hands over collected cash 交款.
public struct RemitCash: Command, Equatable {
    public static let service = ServiceName.billing
    public static let wireName = "remit-cash"

    public var remittanceId: UUID
    public var engineerId: UUID
    public var amount: Money
    public var reference: String?
    public var occurredAt: Date?

    public init(
        remittanceId: UUID, engineerId: UUID, amount: Money, reference: String? = nil, occurredAt: Date? = nil
    ) {
        self.remittanceId = remittanceId
        self.engineerId = engineerId
        self.amount = amount
        self.reference = reference
        self.occurredAt = occurredAt
    }
}

/// Asks for ledger entries again, by number; they go to the reply queue.
public struct ReplayLedger: Command, Equatable {
    public typealias Reply = LedgerReplay
    public static let service = ServiceName.billing
    public static let wireName = "replay-ledger"
    public static let isChannelled = true

    public var book: String
    public var series: Int
    /// First number, 1 or more.
    public var from: Int
    /// Last number, inclusive; at most 1,000 above `from`.
    public var to: Int

    public init(book: String, series: Int, from: Int, to: Int) {
        self.book = book
        self.series = series
        self.from = from
        self.to = to
    }
}

/// The entries asked for, with their first ids.
public struct LedgerReplay: Codable, Sendable, Equatable {
    public var book: String
    public var series: Int
    public var entries: [LedgerEntryPosted]

    public init(book: String, series: Int, entries: [LedgerEntryPosted] = []) {
        self.book = book
        self.series = series
        self.entries = entries
    }
}

/// Writes a service contract.
public struct RegisterContract: Command, Equatable {
    public static let service = ServiceName.billing
    public static let wireName = "register-contract"

    public var contractId: UUID
    public var contractNumber: String
    public var contractType: ContractType
    public var customerNumber: String
    public var responseLevel: ResponseLevel
    public var cover: Cover
    /// Empty: all the customer's devices.
    public var deviceSerials: [String]
    public var startsOn: Date
    public var endsOn: Date
    public var price: Money
    /// Planned visits that the term includes, 1 or more; absent: as many as are planned.
    public var visitQuota: Int?
    /// The version that the sender has seen, 0 for a new one; refused when there is another by now.
    public var expectedVersion: Int?

    public init(
        contractId: UUID, contractNumber: String, contractType: ContractType, customerNumber: String,
        responseLevel: ResponseLevel, cover: Cover, deviceSerials: [String] = [], startsOn: Date, endsOn: Date,
        price: Money, visitQuota: Int? = nil, expectedVersion: Int? = nil
    ) {
        self.contractId = contractId
        self.contractNumber = contractNumber
        self.contractType = contractType
        self.customerNumber = customerNumber
        self.responseLevel = responseLevel
        self.cover = cover
        self.deviceSerials = deviceSerials
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.price = price
        self.visitQuota = visitQuota
        self.expectedVersion = expectedVersion
    }
}
