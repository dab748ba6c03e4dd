import DomainContracts
import FoundationEssentials

/// A job in the form decisions compute with.
public struct JobRequest: Sendable {
    public let workOrderId: UUID
    let place: Place
    /// Where it is to be done.
    public let site: TravelPoint
    let region: String
    let seconds: Int
    /// Where in time it may lie.
    private(set) var range: Span
    /// Times that the customer wished for, the earliest first.
    private(set) var wishes: [Span]
    /// When the arrival is due.
    let dueAt: Int?
    /// How much a minute counts, by priority.
    let urgency: Int
    private(set) var required: [SkillLevel]
    var excluded: [UUID]
    let tried: [UUID]
    /// Any of them is as good as another; nobody as no wish.
    var preferred: [UUID]
    var previous: UUID?
    /// The parts that it takes, and who has them; nil where none are known to be needed.
    public var vans: PartsInVans?
    /// What rules may ask about it: an object with `workOrder`, `customer`, `device` and `entitlement`.
    let facts: JSONValue

    public init(
        workOrderId: UUID, place: Place, seconds: Int, range: Span, wishes: [Span] = [], dueAt: Int? = nil,
        priority: Priority, required: [SkillLevel] = [], excluded: [UUID] = [], tried: [UUID] = [],
        preferred: UUID? = nil, previous: UUID? = nil, vans: PartsInVans? = nil, facts: JSONValue = .object([:])
    ) {
        self.workOrderId = workOrderId
        self.place = place
        site = TravelPoint(place)
        region = place.region ?? ""
        self.seconds = seconds
        self.range = range
        self.wishes = wishes.sorted { $0.start < $1.start }
        self.dueAt = dueAt
        urgency = Self.urgency(of: priority)
        self.required = required
        self.excluded = excluded
        self.tried = tried
        self.preferred = preferred.map { [$0] } ?? []
        self.previous = previous
        self.vans = vans
        self.facts = facts
    }

    /// The same job for a helper: he needs other skills, and nobody asked for him in particular.
    ///
    /// - Parameter span: when it is, where that is settled.
    public func helping(with skills: [SkillLevel], at span: Span? = nil) -> JobRequest {
        var job = self
        (job.required, job.preferred, job.previous, job.vans) = (skills, [], nil, nil)
        if let span { (job.range, job.wishes) = (span, []) }
        return job
    }

    private static func urgency(of priority: Priority) -> Int {
        switch priority {
        case .p1: 8
        case .p2: 4
        case .p3: 2
        default: 1
        }
    }

    /// Pieces that it takes and somebody has not with him.
    public func missing(_ engineerId: UUID) -> Int { vans?.missing(engineerId) ?? 0 }

    /// The same job, to begin at certain times and no others.
    public func beginning(_ arrivals: Arrivals) -> JobRequest {
        var job = self
        (job.range, job.wishes) = (arrivals.span(of: seconds), [])
        return job
    }

    /// The time that it may be given, its wishes included.
    var wholeRange: Span {
        Span(start: range.start, end: wishes.reduce(range.end) { max($0, $1.end + seconds) })
    }
}

extension Timeline {
    /// Whether somebody could begin a job within a window.
    ///
    /// - Parameters:
    ///   - end: until when he may do it.
    ///   - others: of those who go with him: all begin together.
    public func hasRoom(
        for job: JobRequest, within window: Span, until end: Int = .max, beside others: [Timeline] = [], now: Int,
        travel: TravelTimes
    ) -> Bool {
        first(for: job, Arrivals(within: window), until: end, beside: others, now: now, travel: travel) != nil
    }

    /// The earliest time at which somebody could begin a job, by his shifts, breaks and ways; on the grid of plans where
    /// nothing is in the way.
    ///
    /// - Parameters:
    ///   - end: until when he may do it.
    ///   - others: of those who go with him: all begin together.
    ///   - overtime: whether it may last as long after his shift as he may work.
    public func first(
        for job: JobRequest, _ arrivals: Arrivals, until end: Int = .max, beside others: [Timeline] = [],
        overtime: Bool = false, now: Int, travel: TravelTimes
    ) -> Slot? {
        let whole = arrivals.span(of: job.seconds)
        let range = Span(start: whole.start, end: min(whole.end, end))
        let theirs = others.map { $0.starts(of: job, in: range, now: now, travel: travel) }
        var found: Slot?
        forEachOpening(
            at: job.site, seconds: job.seconds, in: range, overtime: overtime, now: now, travel: travel
        ) { opening in
            guard let start = opening.first(theirs) else { return true }
            found = Slot(
                span: Span(start: start, end: start + job.seconds), travelMinutes: opening.travelMinutes,
                detourMinutes: opening.detourMinutes, overtimeMinutes: opening.overtimeMinutes(start, job.seconds),
                fetches: fetches)
            return false
        }
        return found
    }

    private func starts(
        of job: JobRequest, in range: Span, now: Int, travel: TravelTimes
    ) -> [ClosedRange<Int>] {
        var starts: [ClosedRange<Int>] = []
        forEachOpening(at: job.site, seconds: job.seconds, in: range, now: now, travel: travel) { opening in
            starts.append(opening.earliestStart...max(opening.earliestStart, opening.latestStart))
            return true
        }
        return starts
    }
}

extension Timeline.Opening {
    /// The first start at which all others can begin too; nil where there is none.
    fileprivate func first(_ others: [[ClosedRange<Int>]]) -> Int? {
        var start = earliestStart
        while start <= latestStart {
            let onGrid = roundUp(start, to: DayPlanning.gridSeconds)
            let candidate = onGrid <= latestStart ? onGrid : start
            // The earliest at which each of them can, from here on.
            let next = others.map { ranges in
                ranges.first { candidate <= $0.upperBound }.map { max(candidate, $0.lowerBound) } ?? .max
            }.max()
            guard let next, next > candidate else { return candidate }
            start = next
        }
        return nil
    }
}

/// How far ahead and how finely visits are planned.
public enum Planning {
    public static let horizonSeconds = 7 * 86_400
    /// Visits begin on it.
    public static let gridSeconds = 15 * 60
    /// Windows that customers are offered begin on it.
    static let windowSeconds = 30 * 60
}
