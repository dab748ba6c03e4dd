import DomainContracts

/// A part, and its pieces and value over all locations, from which its moving average cost follows.
///
/// Value moves between locations without changing: only receipts, adjustments, use and scrapping change it.
struct Part: Codable, Sendable, Equatable {
    let code: String
    var name: String
    let currency: String
    /// Pieces over all depots and vans.
    private(set) var quantity = 0
    /// Their value, minor units.
    private(set) var value = 0
    /// What one piece cost when the last pieces left; prices what turns up before the next receipt.
    private(set) var lastUnitCost = 0
    /// Depots that ever held it, in order of first receipt: where a reservation looks.
    private(set) var depots: [String] = []

    init(code: String, name: String? = nil, currency: String) {
        self.code = code
        self.name = name ?? code
        self.currency = currency
    }

    /// Value of `pieces` at moving average, rounded half to even; all the pieces there are take what is left, so that
    /// roundings never leave value behind without a piece.
    func value(of pieces: Int) -> Int {
        if pieces == quantity { return value }
        return quantity > 0 ? divideHalfEven(value * pieces, by: quantity) : lastUnitCost * pieces
    }

    /// Pieces came from outside.
    mutating func add(_ pieces: Int, worth amount: Int) {
        quantity += pieces
        value += amount
        if quantity > 0 { lastUnitCost = divideHalfEven(value, by: quantity) }
    }

    /// Pieces left for good.
    ///
    /// - Returns: their value.
    mutating func remove(_ pieces: Int) -> Int {
        let worth = value(of: pieces)
        quantity -= pieces
        value -= worth
        return worth
    }

    mutating func isStored(at depot: String) {
        if !depots.contains(depot) { depots.append(depot) }
    }
}
