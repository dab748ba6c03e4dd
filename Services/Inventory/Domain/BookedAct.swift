import FoundationEssentials

/// A receipt, use or return that was booked, by the id its sender chose: the same one again has no second effect.
struct BookedAct: Codable, Sendable, Equatable {
    enum Kind: String, Codable, Sendable { case receipt, usage, takenBack = "return" }

    let kind: Kind
    /// What it said, in a canonical form, to tell a repetition from another act under the same id.
    let content: String
}
