import FoundationEssentials

/// What is to be changed in a branch's calendars.
public struct DayPlan: Sendable, Equatable {
    /// A visit that changes its time, its engineer, or both; of a visit of several one change of each.
    public struct Change: Sendable, Equatable {
        /// Of a helper, the id of his booking.
        public var assignmentId: UUID
        /// Who had it, and who is to have it.
        public var from: UUID
        public var to: UUID
        public var span: Span
        /// From the stop before, or from home.
        public var travelMinutes: Int
        /// The assignment with which he helps; nil where it is his own.
        public var helps: UUID?

        public init(assignmentId: UUID, from: UUID, to: UUID, span: Span, travelMinutes: Int, helps: UUID? = nil) {
            self.assignmentId = assignmentId
            self.from = from
            self.to = to
            self.span = span
            self.travelMinutes = travelMinutes
            self.helps = helps
        }

        public var isHandOver: Bool { from != to }
    }

    public let changes: [Change]
    /// Visits that the plan saw.
    public let visits: Int
    /// Seconds on the road, all shifts together, before and after; before, without the visits that could not be made.
    public let travelBefore: Int
    public let travelAfter: Int

    /// Minutes on the road that it saves.
    public var savedMinutes: Int { (travelBefore - travelAfter) / 60 }

    public init(changes: [Change], visits: Int, travelBefore: Int, travelAfter: Int) {
        self.changes = changes
        self.visits = visits
        self.travelBefore = travelBefore
        self.travelAfter = travelAfter
    }
}
