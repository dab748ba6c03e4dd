import FoundationEssentials

/// An assignment that was withdrawn before we heard that it was accepted: it makes no visit any more.
struct WithdrawnAssignment: Codable, Sendable, Equatable {
    let withdrawnAt: Date
}
