import FoundationEssentials

/// A payment or remittance by the id its sender chose: the same one again has no second effect.
struct MoneyMovement: Codable, Sendable, Equatable {
    enum Kind: String, Codable, Sendable { case recorded, collected, remitted }

    let kind: Kind
    /// Nil for a remittance.
    var workOrderId: UUID?
    /// Nil for money that came by bank or provider.
    var engineerId: UUID?
    /// Minor units.
    let amount: Int
    let method: String
    var reference: String?
}
