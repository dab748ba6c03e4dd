import FoundationEssentials

/// One line of an estimate or charge; prices are tax-inclusive.
public struct ChargeLine: Codable, Sendable, Hashable {
    public var kind: ChargeLineKind
    /// Part code for parts, else nil.
    public var partCode: String?
    /// Pieces, or minutes for labour.
    public var quantity: Int
    /// What this line would cost without cover.
    public var listAmount: Money
    /// What the customer pays for it.
    public var amount: Money
    /// Tax contained in `amount`.
    public var tax: Money
    public var coveredBy: String?

    public init(
        kind: ChargeLineKind, partCode: String? = nil, quantity: Int, listAmount: Money, amount: Money, tax: Money,
        coveredBy: String? = nil
    ) {
        self.kind = kind
        self.partCode = partCode
        self.quantity = quantity
        self.listAmount = listAmount
        self.amount = amount
        self.tax = tax
        self.coveredBy = coveredBy
    }
}
