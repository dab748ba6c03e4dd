import DomainContracts

/// Cash an engineer collected and has not handed over; minor units.
struct CashInHand: Codable, Sendable, Equatable {
    private(set) var collected = 0
    private(set) var remitted = 0

    var inHand: Int { collected - remitted }

    mutating func collect(_ amount: Int) { collected += amount }

    /// False when it is more than he has.
    mutating func remit(_ amount: Int) -> Bool {
        guard amount <= inHand else { return false }
        remitted += amount
        return true
    }
}
