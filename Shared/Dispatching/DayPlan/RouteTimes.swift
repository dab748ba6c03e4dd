import FoundationEssentials

/// When each visit of one shift begins, in a given order: where an engineer knows it already and it still can be, then.
struct RouteTimes {
    let shift: DutyShift
    /// In order; indexes into those of the day.
    let visits: [Int]
    let day: BranchDay
    /// Before which of these he calls at his depot; nil where he has nothing to fetch.
    let call: Int?
    /// When those begin that he makes together with others, by index.
    var settled: [Int: Int] = [:]

    /// Visits of a shift in an order, with a call wherever it can be, the latest first.
    static func all(_ visits: [Int], in shift: DutyShift, _ day: BranchDay) -> [RouteTimes] {
        day.calls(shift, visits).map { RouteTimes(shift: shift, visits: visits, day: day, call: $0) }
    }

    /// Nil where the order cannot be kept to.
    func starts() -> [Int]? {
        guard let latest = latestStarts() else { return nil }
        var starts: [Int] = []
        var (leaves, place) = (shift.leaves, shift.start)
        for (number, (index, latest)) in zip(visits, latest).enumerated() {
            guard let bounds = bounds(of: index) else { return nil }
            let visit = day.visits[index]
            let arrival = arrival(from: place, leaving: leaves, at: visit.site, calling: number == call)
            let earliest = afterBreaks(max(bounds.earliest, arrival), visit)
            guard earliest <= latest else { return nil }
            let start = choose(visit, earliest, latest)
            starts.append(start)
            (leaves, place) = (start + visit.seconds, visit.site)
        }
        return starts
    }

    /// Minutes of travel to each, for who begins at these times.
    func travelMinutes(to starts: [Int]) -> [Int] {
        let sites = visits.map { day.visits[$0].site }
        return zip(zip([shift.start] + sites, sites), starts).enumerated().map { number, leg in
            let ((from, to), start) = leg
            let seconds = start - departure(from: from, to: to, arriving: start, calling: number == call)
            return wholeMinutes(Int32(seconds - (number == call ? DayPlanning.fetchSeconds : 0)))
        }
    }

    /// Minutes of travel of the whole shift, as its visits stand.
    func travelMinutes() -> Int { travelMinutes(to: visits.map { day.visits[$0].span.start }).reduce(0, +) }

    /// Whether everybody can be where he is told to be, give or take what is not worth telling.
    func isOnTime() -> Bool {
        var (leaves, place) = (shift.leaves, shift.start)
        for (number, visit) in visits.map({ day.visits[$0] }).enumerated() {
            let arrival = arrival(from: place, leaving: leaves, at: visit.site, calling: number == call)
            let start = afterBreaks(max(visit.span.start, arrival), visit)
            if DayPlanning.isWorthTelling(start - visit.span.start) { return false }
            (leaves, place) = (start + visit.seconds, visit.site)
        }
        return true
    }

    /// At the time that is known, if it is his already; else as early as can be, on the grid.
    private func choose(_ visit: BranchDay.Visit, _ earliest: Int, _ latest: Int) -> Int {
        let known = visit.span.start
        if visit.engineerId == shift.engineerId, (earliest...latest).contains(known), afterBreaks(known, visit) == known
        {
            return known
        }
        let onGrid = roundUp(earliest, to: DayPlanning.gridSeconds)
        return onGrid <= latest && afterBreaks(onGrid, visit) == onGrid ? onGrid : earliest
    }

    /// So that all that follow can still be kept, and none ends after the shift that did not before.
    private func latestStarts() -> [Int]? {
        var latest: [Int] = []
        var next = following
        for (number, index) in visits.enumerated().reversed() {
            guard let bounds = bounds(of: index) else { return nil }
            let visit = day.visits[index]
            var last = bounds.latest
            if let next {
                let leaves = departure(
                    from: visit.site, to: next.site, arriving: next.start, calling: number + 1 == call)
                last = min(last, leaves - visit.seconds)
            }
            last = beforeBreaks(last, visit)
            guard last >= bounds.earliest else { return nil }
            latest.append(last)
            next = (last, visit.site)
        }
        return latest.reversed()
    }

    /// What he is booked for after the shift, and when he has to be there: not later than he would be now.
    private var following: (start: Int, site: TravelPoint)? {
        shift.following.map { day.visits[$0] }.map { visit in
            let last = shift.visits.last.map { day.visits[$0] }
            let comes = last.map { arrival(from: $0.site, leaving: $0.span.end, at: visit.site, calling: false) }
            return (max(visit.span.start, comes ?? 0), visit.site)
        }
    }

    /// Nil where a time is settled at which he cannot.
    private func bounds(of index: Int) -> Arrivals? {
        let visit = day.visits[index]
        let bounds = bounds(of: visit)
        guard let start = settled[index] else { return bounds }
        let isKnown = visit.engineerId == shift.engineerId && visit.span.start == start
        return isKnown || bounds.contains(start) ? Arrivals(earliest: start, latest: start) : nil
    }

    private func bounds(of visit: BranchDay.Visit) -> Arrivals {
        let stays = Arrivals(earliest: visit.span.start, latest: visit.span.start)
        guard day.isFree(visit), let promised = day.arrivals(of: visit) else { return stays }
        let end = shift.span.end - visit.seconds
        // What was agreed on for the evening stays in the evening, and what is overtime within what he may work.
        if visit.engineerId == shift.engineerId, visit.span.start > end {
            guard shift.latestEnd > shift.span.end, visit.span.end <= shift.latestEnd else { return promised }
            return Arrivals(
                earliest: promised.earliest, latest: min(promised.latest, shift.latestEnd - visit.seconds))
        }
        return Arrivals(earliest: promised.earliest, latest: min(promised.latest, end))
    }

    /// The earliest start from `start` on that leaves him his breaks.
    private func afterBreaks(_ start: Int, _ visit: BranchDay.Visit) -> Int {
        guard day.isFree(visit) else { return start }
        return shift.breaks.reduce(start) { start, pause in
            start < pause.end && start + visit.seconds > pause.start ? pause.end : start
        }
    }

    /// The latest start up to `start` that does.
    private func beforeBreaks(_ start: Int, _ visit: BranchDay.Visit) -> Int {
        guard day.isFree(visit) else { return start }
        return shift.breaks.reversed().reduce(start) { start, pause in
            start < pause.end && start + visit.seconds > pause.start ? pause.start - visit.seconds : start
        }
    }

    /// - Parameter calling: whether he goes by way of his depot.
    private func arrival(
        from place: TravelPoint, leaving moment: Int, at site: TravelPoint, calling: Bool
    ) -> Int {
        var (moment, place) = (moment, place)
        if calling, let depot = shift.depot {
            moment += Int(day.travel.seconds(from: place, to: depot, leaving: moment)) + DayPlanning.fetchSeconds
            place = depot
        }
        return moment + Int(day.travel.seconds(from: place, to: site, leaving: moment))
    }

    /// When he has to leave to be there at a moment.
    private func departure(
        from place: TravelPoint, to site: TravelPoint, arriving moment: Int, calling: Bool
    ) -> Int {
        var (moment, site) = (moment, site)
        if calling, let depot = shift.depot {
            moment -= Int(day.travel.seconds(from: depot, to: site, arriving: moment)) + DayPlanning.fetchSeconds
            site = depot
        }
        return moment - Int(day.travel.seconds(from: place, to: site, arriving: moment))
    }
}
