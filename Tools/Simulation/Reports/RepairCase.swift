/// One thing that breaks and what comes of it: a row of the data, before anybody reports it.
public struct RepairCase: Sendable, Hashable {
    /// How the repair went, as the Open Repair Data Standard says it.
    public enum Result: String, Sendable, CaseIterable {
        case fixed = "Fixed"
        case repairable = "Repairable"
        case endOfLife = "End of life"
        case unknown = "Unknown"
    }

    /// Unique within the data.
    public var id: String
    public var category: String
    public var brand: String?
    /// In the owner's words; nil when the row has none.
    public var problem: String?
    public var result: Result
    /// Why it could not be repaired, when it is at its end of life.
    public var barrier: String?
    /// BCP 47 tag of the problem's language.
    public var language: String

    public init(
        id: String, category: String, brand: String? = nil, problem: String?, result: Result, barrier: String? = nil,
        language: String
    ) {
        self.id = id
        self.category = category
        self.brand = brand
        self.problem = problem
        self.result = result
        self.barrier = barrier
        self.language = language
    }
}
