import FoundationEssentials

/// Who could go to a work order, and when: what the rules in force would decide now, by the calendars as they are. Nothing is offered
/// by asking. Of who has the job already, its own visit is not in the way.
public struct CandidatesQuery: Query, Equatable {
    public typealias Reply = CandidatesAnswer
    public static let service = ServiceName.dispatch
    public static let wireName = "candidates"

    public var workOrderId: UUID
    public var at: Date
    /// Of the windows: none begins before, and none ends after; now and a week later unless given.
    public var notBefore: Date?
    public var notAfter: Date?
    /// How many windows, 1…20; 5 unless given.
    public var count: Int?
    /// How long they are, 15…720; 120 unless given.
    public var windowMinutes: Int?

    public init(
        workOrderId: UUID, at: Date, notBefore: Date? = nil, notAfter: Date? = nil, count: Int? = nil,
        windowMinutes: Int? = nil
    ) {
        self.workOrderId = workOrderId
        self.at = at
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.count = count
        self.windowMinutes = windowMinutes
    }
}

/// Neither a decision nor windows where the work order is not known, or nobody is needed.
public struct CandidatesAnswer: Codable, Sendable, Equatable {
    /// What would be decided, with what is found about everybody.
    public var decision: DecisionView?
    /// Windows that a customer can be offered, the cheapest first, each with the one who would come; none lies over another. None
    /// where several engineers go.
    public var slots: [OfferedSlot]

    public init(decision: DecisionView? = nil, slots: [OfferedSlot] = []) {
        self.decision = decision
        self.slots = slots
    }
}
