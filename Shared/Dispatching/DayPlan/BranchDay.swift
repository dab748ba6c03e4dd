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
        /// When it may begin, by what the customer was promised, whether it may be moved or not; nil where nothing is.
        public var promised: Arrivals?

        public init(
            assignmentId: UUID, engineerId: UUID, span: Span, site: TravelPoint, freedom: Freedom? = nil,
            promised: Arrivals? = nil
        ) {
            self.promised = promised ?? freedom?.arrivals
            self.assignmentId = assignmentId
            self.engineerId = engineerId
            self.span = span
            self.site = site
            self.freedom = freedom
        }

        var seconds: Int { span.end - span.start }

        /// Pieces that it takes and somebody has not with him.
        func missing(_ engineerId: UUID) -> Int { freedom?.job.vans?.missing(engineerId) ?? 0 }
    }

    /// What may be done with a visit: its engineer has accepted it, and nobody has set out.
    public struct Freedom: Sendable {
        /// When it may begin: what the customer was promised.
        public var arrivals: Arrivals
        /// For the rules to say who may have it.
        public var job: JobRequest
        /// It stays as it is when it begins within so many seconds, and is not moved to such a time.
        var frozenSeconds = DayPlanning.frozenSeconds

        public init(arrivals: Arrivals, job: JobRequest) {
            self.arrivals = arrivals
            self.job = job
        }

        /// Of a job that nobody has yet: it may begin as soon as its arrivals let it.
        init(newcomer job: JobRequest, _ arrivals: Arrivals) {
            self.init(arrivals: arrivals, job: job)
            frozenSeconds = 0
        }
    }

    public let now: Int
    /// Ids of its engineers.
    public let engineers: [UUID]
    /// All that they are booked for from now on, and what they have just come from, in any order.
    public private(set) var visits: [Visit]
    /// By which ways are reckoned.
    public var travel: TravelTimes

    public init(now: Int, engineers: [UUID], visits: [Visit], travel: TravelTimes) {
        self.travel = travel
        self.now = now
        self.engineers = engineers
        self.visits = visits
    }

    /// The day as it will be: whoever is late comes late to what cannot be moved, and the plan goes on from there.
    func asExpected(_ roster: Roster) -> BranchDay {
        var day = self
        for shift in DutyShift.all(of: self, roster) {
            for (index, start) in starts(of: shift, of: { !isFree(visits[$0]) }) {
                day.visits[index].span = Span(start: start, end: start + visits[index].seconds)
            }
        }
        return day
    }

    /// Visits whose engineers cannot begin them as promised, as they stand; by index.
    func late(_ roster: Roster) -> [Int] {
        DutyShift.all(of: self, roster).flatMap { shift in
            starts(of: shift) { _ in true }.filter { index, start in
                visits[index].promised.map { start > $0.latest } ?? false
            }.map { $0.index }
        }
    }

    /// Seconds to a visit for who leaves now, or at another time.
    func way(_ place: TravelPoint, _ visit: Visit, leaving moment: Int? = nil) -> Int {
        Int(travel.seconds(from: place, to: visit.site, leaving: moment ?? now))
    }

    /// When each of some visits of a shift can begin, in its order, and not before it is to.
    private func starts(of shift: DutyShift, of isCounted: (Int) -> Bool) -> [(index: Int, start: Int)] {
        var (leaves, place, hasCalled) = (shift.leaves, shift.start, false)
        return shift.visits.filter(isCounted).map { index in
            let visit = visits[index]
            if !hasCalled, let depot = shift.depot, fetches(shift, visit) {
                leaves += Int(travel.seconds(from: place, to: depot, leaving: leaves)) + DayPlanning.fetchSeconds
                (place, hasCalled) = (depot, true)
            }
            // In the search ways are at the mean speed, afterwards by the hour: both have to be possible.
            let way = max(travel.seconds(from: place, to: visit.site), Int32(self.way(place, visit, leaving: leaves)))
            let start = max(visit.span.start, leaves + Int(way))
            (leaves, place) = (start + visit.seconds, visit.site)
            return (index, start)
        }
    }

    /// Where its visits are.
    public var sites: [TravelPoint] { visits.map(\.site) }

    /// Whether somebody who has a visit in a shift has to call at his depot before it. What begins too soon to be moved people have
    /// acted on, and seen to what it takes.
    func fetches(_ shift: DutyShift, _ visit: Visit) -> Bool {
        shift.depot != nil && isFree(visit) && visit.missing(shift.engineerId) > 0
    }

    /// Whether a visit may be moved or given to another: it is not too soon.
    func isFree(_ visit: Visit) -> Bool {
        guard let freedom = visit.freedom else { return false }
        return arrivals(of: visit) != nil && visit.span.start >= now + freedom.frozenSeconds
    }

    /// When a free visit may begin, as things are now.
    func arrivals(of visit: Visit) -> Arrivals? {
        guard let freedom = visit.freedom else { return nil }
        let promised = freedom.arrivals
        let earliest = max(promised.earliest, now + freedom.frozenSeconds)
        return earliest <= promised.latest ? Arrivals(earliest: earliest, latest: promised.latest) : nil
    }

    /// The day with a visit more, and the place of that one among them.
    func with(_ visit: Visit) -> (day: BranchDay, index: Int) {
        var day = self
        day.visits.append(visit)
        return (day, visits.count)
    }
}
