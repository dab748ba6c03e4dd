import FoundationEssentials

/// What is known of engineers at an order's customer and device, besides what the order says itself.
public struct KnownPeople: Sendable, Equatable {
    /// Whom the customer wants to come; any of them is as welcome as another.
    public var preferred: [UUID]
    /// Whom he does not want to come.
    public var excluded: [UUID]
    /// Who was there last.
    public var previous: UUID?

    public init(preferred: [UUID] = [], excluded: [UUID] = [], previous: UUID? = nil) {
        self.preferred = preferred
        self.excluded = excluded
        self.previous = previous
    }
}

extension JobRequest {
    /// Takes in what is known besides the order: it keeps out more, and what the order says itself comes first. Whom the order
    /// prefers and may not go is nobody's wish any more.
    public mutating func consider(_ people: KnownPeople) {
        excluded += people.excluded
        if preferred.allSatisfy({ excluded.contains($0) || tried.contains($0) }) { preferred = people.preferred }
        previous = previous ?? people.previous
    }
}
