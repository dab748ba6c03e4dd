/// What the rules say of one job: whom each hard rule lets go, and what each soft rule charges.
struct JobRules: Sendable {
    /// By hard rule; nil where one does not apply.
    let allowed: [EngineerSet?]
    /// By soft rule.
    let prices: [Prices]
    /// Nil where nobody is, or none of them is here.
    let preferred: EngineerSet?
    let previous: Int?
    /// By member: pieces of what the job takes that are not in his van; nil where it takes nothing.
    let missingParts: [Int]?
    /// The same of those of whose way to a depot nothing is known, else 0: of the others their way is what it costs.
    let unplannedParts: [Int]?

    /// The hard rules that somebody breaks, his calendar apart.
    func broken(by member: Int) -> [Int] {
        allowed.indices.filter { !(allowed[$0]?.contains(member) ?? true) }
    }
}
