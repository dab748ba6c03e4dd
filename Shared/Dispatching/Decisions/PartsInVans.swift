import DomainContracts
import FoundationEssentials

/// The parts that a visit takes, and how many of them engineers have in their vans 随车库存.
public struct PartsInVans: Sendable, Equatable {
    /// Pieces that the visit takes.
    let needed: Int
    /// By engineer: how many of those he has; none where he is not listed.
    let present: [UUID: Int]

    /// - Parameters:
    ///   - parts: what the visit takes.
    ///   - vans: by engineer, pieces on hand by part code.
    public init(_ parts: [PlannedPart], in vans: [UUID: [String: Int]]) {
        let needed = parts.reduce(into: [:]) { $0[$1.partCode, default: 0] += max(0, $1.quantity) }
        self.needed = needed.values.reduce(0, +)
        present = vans.mapValues { van in needed.reduce(0) { $0 + min($1.value, max(0, van[$1.key] ?? 0)) } }
    }

    /// Pieces that somebody would have to fetch.
    public func missing(_ engineerId: UUID) -> Int { needed - (present[engineerId] ?? 0) }
}
