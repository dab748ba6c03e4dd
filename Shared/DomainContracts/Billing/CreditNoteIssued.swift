import FoundationEssentials

/// Less is owed than was billed: the bill stands, and this is written beside it. Subject `charge/<work order id>`.
public struct CreditNoteIssued: Event, Equatable {
    public static let service = ServiceName.billing
    public static let wireName = "credit-note-issued"

    public var workOrderId: UUID
    public var workOrderNumber: String
    /// `CN-20261123-000007`
    public var creditNoteNumber: String
    public var billNumber: String?
    /// The ledger entry of the charge that is corrected, and of the correction.
    public var chargeEntryId: UUID
    public var entryId: UUID
    /// The lines as they are charged now.
    public var lines: [ChargeLine]
    /// What is credited, tax included; above zero.
    public var amount: Money
    /// Tax contained in it.
    public var tax: Money
    /// What of it was paid already and is given back.
    public var refunded: Money
    public var reason: CodedReason
    public var issuedAt: Date

    public init(
        workOrderId: UUID, workOrderNumber: String, creditNoteNumber: String, billNumber: String? = nil,
        chargeEntryId: UUID, entryId: UUID, lines: [ChargeLine] = [], amount: Money, tax: Money, refunded: Money,
        reason: CodedReason, issuedAt: Date
    ) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.creditNoteNumber = creditNoteNumber
        self.billNumber = billNumber
        self.chargeEntryId = chargeEntryId
        self.entryId = entryId
        self.lines = lines
        self.amount = amount
        self.tax = tax
        self.refunded = refunded
        self.reason = reason
        self.issuedAt = issuedAt
    }
}
