import DomainContracts

/// What a part cost on average over all purchases; the price follows from it.
struct PartCost: Codable, Sendable, Equatable {
    let partCode: String
    private(set) var bought = 0
    private(set) var spent = 0

    init(partCode: String) { self.partCode = partCode }

    mutating func buy(_ pieces: Int, for amount: Int) {
        guard pieces > 0, amount >= 0 else { return }
        bought += pieces
        spent += amount
    }

    /// Minor units a piece; nil before the first purchase.
    var average: Int? { bought > 0 ? divideHalfEven(spent, by: bought) : nil }
}
