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
        /// The parts that it takes, and who has them, whether it may be moved or not, if its engineer has accepted it and it is yet to begin;
        /// nil where none are known to be needed.
        public var vans: PartsInVans?
        /// When its engineer took it on; nil: just now.
        public var acceptedAt: Int?
        /// Those who help with it, by the ids of their bookings.
        public var helpers: [UUID]
        /// Of a helper's booking, the assignment with which he helps.
        public var helps: UUID?

        /// - Parameter assignmentId: of a helper, the id of his own booking.
        public init(
            assignmentId: UUID, engineerId: UUID, span: Span, site: TravelPoint, freedom: Freedom? = nil,
            promised: Arrivals? = nil, vans: PartsInVans? = nil, acceptedAt: Int? = nil, helpers: [UUID] = [],
            helps: UUID? = nil
        ) {
            self.acceptedAt = acceptedAt
            self.helpers = helpers
            self.helps = helps
            self.vans = vans ?? freedom?.job.vans
            self.promised = promised ?? freedom?.arrivals
            self.assignmentId = assignmentId
            self.engineerId = engineerId
            self.span = span
            self.site = site
            self.freedom = freedom
        }

        var seconds: Int { span.end - span.start }

        /// Pieces that it takes and somebody has not with him.
        func missing(_ engineerId: UUID) -> Int { vans?.missing(engineerId) ?? 0 }
    }

    /// What may be done with a visit: its engineer has accepted it, and nobody has set out. Who helps has the freedom of the visit.
    public struct Freedom: Sendable {
        /// When it may begin: what the customer was promised.
        public var arrivals: Arrivals
        /// For the rules to say who may have it.
        public var job: JobRequest
        /// Whether it stays with its engineer, and only its time may change.
        public var staysWithHim: Bool
        /// It stays as it is when it begins within so many seconds, and is not moved to such a time.
        var frozenSeconds = DayPlanning.frozenSeconds

        public init(arrivals: Arrivals, job: JobRequest, staysWithHim: Bool = false) {
            self.arrivals = arrivals
            self.job = job
            self.staysWithHim = staysWithHim
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
            let fixed = shift.visits.filter { !isFree(visits[$0]) }
            for (index, start) in starts(of: shift, fixed, calling: nil) {
                day.visits[index].span = Span(start: start, end: start + visits[index].seconds)
            }
        }
        return day
    }

    /// Visits whose engineers cannot begin them as promised, as they stand; by index.
    func late(_ roster: Roster) -> [Int] {
        DutyShift.all(of: self, roster).flatMap { shift in
            // When he calls at his depot is his to choose.
            let late = calls(shift, shift.visits).map { call in
                starts(of: shift, shift.visits, calling: call).filter { index, start in
                    visits[index].promised.map { start > $0.latest } ?? false
                }.map { $0.index }
            }
            return late.min { $0.count < $1.count } ?? []
        }
    }

    /// Seconds to a visit for who leaves now, or at another time.
    func way(_ place: TravelPoint, _ visit: Visit, leaving moment: Int? = nil) -> Int {
        Int(travel.seconds(from: place, to: visit.site, leaving: moment ?? now))
    }

    /// When each of some visits of a shift can begin, in that order, and not before it is to.
    ///
    /// - Parameter call: before which of them he calls at his depot.
    private func starts(of shift: DutyShift, _ order: [Int], calling call: Int?) -> [(index: Int, start: Int)] {
        var (leaves, place) = (shift.leaves, shift.start)
        return order.enumerated().map { number, index in
            let visit = visits[index]
            if number == call, let depot = shift.depot {
                leaves += slowerWay(from: place, to: depot, leaving: leaves) + DayPlanning.fetchSeconds
                place = depot
            }
            let start = max(visit.span.start, leaves + slowerWay(from: place, to: visit.site, leaving: leaves))
            (leaves, place) = (start + visit.seconds, visit.site)
            return (index, start)
        }
    }

    /// In the search ways are at the mean speed, afterwards by the hour: both have to be possible.
    private func slowerWay(from: TravelPoint, to: TravelPoint, leaving moment: Int) -> Int {
        Int(max(travel.seconds(from: from, to: to), travel.seconds(from: from, to: to, leaving: moment)))
    }

    /// Where its visits are.
    public var sites: [TravelPoint] { visits.map(\.site) }

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
