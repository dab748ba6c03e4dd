import FoundationEssentials

/// The engineers of a branch and their bookings at one moment, as its day plan sees them.
public struct BranchDay: Sendable {
    /// A booked visit.
    public struct Visit: Sendable {
        public var assignmentId: UUID
        public var engineerId: UUID
        /// Where it stands.
        public var span: Span
        public var site: TravelPoint
        /// Nil: it is left where it is, with whom it is.
        public var freedom: Freedom?

        public init(assignmentId: UUID, engineerId: UUID, span: Span, site: TravelPoint, freedom: Freedom? = nil) {
            self.assignmentId = assignmentId
            self.engineerId = engineerId
            self.span = span
            self.site = site
            self.freedom = freedom
        }

        var seconds: Int { span.end - span.start }
    }

    /// What may be done with a visit: its engineer has accepted it, and nobody has set out.
    public struct Freedom: Sendable {
        /// When it may begin: what the customer was promised.
        public var arrivals: Arrivals
        /// For the rules to say who may have it.
        public var job: JobRequest

        public init(arrivals: Arrivals, job: JobRequest) {
            self.arrivals = arrivals
            self.job = job
        }
    }

    public let now: Int
    /// Ids of its engineers.
    public let engineers: [UUID]
    /// All that they are booked for from now on, and what they have just come from, in any order.
    public let visits: [Visit]
    /// By which ways are reckoned.
    public var travel: TravelTimes

    public init(now: Int, engineers: [UUID], visits: [Visit], travel: TravelTimes) {
        self.travel = travel
        self.now = now
        self.engineers = engineers
        self.visits = visits
    }

    /// Where its visits are.
    public var sites: [TravelPoint] { visits.map(\.site) }

    /// Whether a visit may be moved or given to another: it is not too soon.
    func isFree(_ visit: Visit) -> Bool { arrivals(of: visit) != nil && !isSoon(visit.span.start) }

    /// When a free visit may begin, as things are now.
    func arrivals(of visit: Visit) -> Arrivals? {
        guard let promised = visit.freedom?.arrivals else { return nil }
        let earliest = max(promised.earliest, now + DayPlanning.frozenSeconds)
        return earliest <= promised.latest ? Arrivals(earliest: earliest, latest: promised.latest) : nil
    }

    private func isSoon(_ start: Int) -> Bool { start < now + DayPlanning.frozenSeconds }
}
