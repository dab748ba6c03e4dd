import FoundationEssentials

/// Records the tax authority's invoice 发票 for what an order was charged. It is issued elsewhere: we keep its number. A wrong one
/// is taken back by a red-letter one 红字, and then another may be recorded.
public struct RecordTaxInvoice: Command, Equatable {
    public static let service = ServiceName.billing
    public static let wireName = "record-tax-invoice"
    public static let isChannelled = true

    public var workOrderId: UUID
    /// As it stands on the invoice: letters, digits and hyphens, at most 40. It is one order's for ever.
    public var invoiceNumber: String
    public var kind: TaxInvoiceKind
    /// Of a red-letter one, the number of the invoice that it takes back; else nil.
    public var corrects: String?
    /// Tax included, above zero, of a red-letter one too: all that is charged, or all that the other was made out for.
    public var amount: Money
    /// Tax contained in it.
    public var tax: Money?
    /// Nil: now.
    public var issuedAt: Date?

    public init(
        workOrderId: UUID, invoiceNumber: String, kind: TaxInvoiceKind, corrects: String? = nil, amount: Money,
        tax: Money? = nil, issuedAt: Date? = nil
    ) {
        self.workOrderId = workOrderId
        self.invoiceNumber = invoiceNumber
        self.kind = kind
        self.corrects = corrects
        self.amount = amount
        self.tax = tax
        self.issuedAt = issuedAt
    }
}

/// What a tax invoice does.
public struct TaxInvoiceKind: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let blue = TaxInvoiceKind(rawValue: "blue")
    public static let redLetter = TaxInvoiceKind(rawValue: "red_letter")

    public static let known: [Self] = [.blue, .redLetter]
}

/// A tax invoice of an order, and what took it back.
public struct TaxInvoice: Codable, Sendable, Hashable {
    public var invoiceNumber: String
    public var amount: Money
    public var tax: Money?
    public var issuedAt: Date
    /// The red-letter invoice that took it back; nil: it stands.
    public var redLetterNumber: String?
    public var redLetteredAt: Date?

    public init(
        invoiceNumber: String, amount: Money, tax: Money? = nil, issuedAt: Date, redLetterNumber: String? = nil,
        redLetteredAt: Date? = nil
    ) {
        self.invoiceNumber = invoiceNumber
        self.amount = amount
        self.tax = tax
        self.issuedAt = issuedAt
        self.redLetterNumber = redLetterNumber
        self.redLetteredAt = redLetteredAt
    }
}
