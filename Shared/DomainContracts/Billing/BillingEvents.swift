import FoundationEssentials

/// The order's charge is final. Subject `charge/<work order id>`.
public struct ChargeFinal: Event, Equatable {
    public static let service = ServiceName.billing
    public static let wireName = "charge-final"

    public var workOrderId: UUID
    public var workOrderNumber: String
    /// The bill, when the customer owes anything.
    public var billNumber: String?
    public var lines: [ChargeLine]
    public var total: Money
    /// Tax contained in the total.
    public var tax: Money
    /// What the service cost us: labour, parts, travel.
    public var cost: Money
    public var finalAt: Date

    public init(
        workOrderId: UUID, workOrderNumber: String, billNumber: String? = nil, lines: [ChargeLine] = [],
        total: Money, tax: Money, cost: Money, finalAt: Date
    ) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.billNumber = billNumber
        self.lines = lines
        self.total = total
        self.tax = tax
        self.cost = cost
        self.finalAt = finalAt
    }
}

/// One of the three tracks of settlement moved. Subject `charge/<work order id>`.
public struct SettlementChanged: Event, Equatable {
    public static let service = ServiceName.billing
    public static let wireName = "settlement-changed"

    public var workOrderId: UUID
    public var workOrderNumber: String
    public var charge: ChargeStatus
    public var payment: PaymentStatus
    public var invoice: InvoiceStatus
    public var total: Money
    public var paid: Money
    /// Total − paid; below zero the customer has a deposit.
    public var balance: Money
    /// Why nothing is billed or asked for now; nil while nothing holds it up.
    public var hold: CodedReason?
    public var changedAt: Date

    public init(
        workOrderId: UUID, workOrderNumber: String, charge: ChargeStatus, payment: PaymentStatus,
        invoice: InvoiceStatus, total: Money, paid: Money, balance: Money, hold: CodedReason? = nil, changedAt: Date
    ) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.charge = charge
        self.payment = payment
        self.invoice = invoice
        self.total = total
        self.paid = paid
        self.balance = balance
        self.hold = hold
        self.changedAt = changedAt
    }
}

/// One balanced entry of the ledger. Its sequence is the book's gapless number. Subject `ledger-entry/<id>`.
public struct LedgerEntryPosted: Event, Equatable {
    public static let service = ServiceName.billing
    public static let wireName = "ledger-entry-posted"

    public var book: String
    /// New after a restore.
    public var series: Int
    /// Gapless per book and series, from 1.
    public var sequence: Int
    public var entryId: UUID
    public var workOrderId: UUID?
    public var workOrderNumber: String?
    /// To which day and month it belongs.
    public var postedAt: Date
    /// When it happened, where that lies in a month that was closed already; nil: at `postedAt`.
    public var occurredAt: Date?
    public var lines: [LedgerLine]
    /// The entry that this one takes back.
    public var reverses: UUID?
    public var memo: String

    public init(
        book: String, series: Int, sequence: Int, entryId: UUID, workOrderId: UUID? = nil,
        workOrderNumber: String? = nil, postedAt: Date, occurredAt: Date? = nil, lines: [LedgerLine] = [],
        reverses: UUID? = nil, memo: String
    ) {
        self.book = book
        self.series = series
        self.sequence = sequence
        self.entryId = entryId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.postedAt = postedAt
        self.occurredAt = occurredAt
        self.lines = lines
        self.reverses = reverses
        self.memo = memo
    }
}

/// One side of an entry.
public struct LedgerLine: Codable, Sendable, Hashable {
    /// Account code, see docs/finance.md.
    public var account: String
    public var side: LedgerSide
    /// Above zero.
    public var money: Money

    public init(account: String, side: LedgerSide, money: Money) {
        self.account = account
        self.side = side
        self.money = money
    }
}

/// A contract was written or changed; intake projects it as entitlement. Subject `contract/<id>`.
public struct ContractChanged: Event, Equatable {
    public static let service = ServiceName.billing
    public static let wireName = "contract-changed"

    public var contractId: UUID
    public var contractNumber: String
    public var contractType: ContractType
    public var status: ContractStatus
    public var customerNumber: String
    public var responseLevel: ResponseLevel
    public var cover: Cover
    public var deviceSerials: [String]
    public var startsOn: Date
    public var endsOn: Date
    /// Planned visits that the term includes; absent: as many as are planned.
    public var visitQuota: Int?

    public init(
        contractId: UUID, contractNumber: String, contractType: ContractType, status: ContractStatus,
        customerNumber: String, responseLevel: ResponseLevel, cover: Cover, deviceSerials: [String] = [],
        startsOn: Date, endsOn: Date, visitQuota: Int? = nil
    ) {
        self.contractId = contractId
        self.contractNumber = contractNumber
        self.contractType = contractType
        self.status = status
        self.customerNumber = customerNumber
        self.responseLevel = responseLevel
        self.cover = cover
        self.deviceSerials = deviceSerials
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.visitQuota = visitQuota
    }
}
