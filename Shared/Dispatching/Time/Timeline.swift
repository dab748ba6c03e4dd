/// One engineer's shifts and stops within the time looked at, for finding room between them.
public struct Timeline: Sendable {
    public struct Stop: Sendable {
        public var span: Span
        public var point: TravelPoint
        /// Whether he comes there by way of his depot.
        public var fetches: Bool

        public init(span: Span, point: TravelPoint, fetches: Bool = false) {
            self.fetches = fetches
            self.span = span
            self.point = point
        }
    }

    public let base: TravelPoint
    public let shifts: [Span]
    /// Until when visits of each shift may last if need be; none where he works no overtime.
    public let latestEnds: [Int]
    /// When nobody works within a shift, in order.
    public let breaks: [Span]
    /// His days of work, in order: what absences and hours off cut in pieces is one day. None where nobody counts his visits.
    public let days: [Span]
    /// No day holds more visits.
    public let visitsPerDay: Int
    /// By start; no two overlap.
    public private(set) var stops: [Stop]
    /// Where he fetches what he has not with him; nil: nobody plans that.
    public let depot: TravelPoint?
    /// Whether the visit that there is to be room for takes something that he fetches on the way to it.
    var fetches = false

    public init(
        base: TravelPoint, shifts: [Span], latestEnds: [Int] = [], breaks: [Span] = [], days: [Span] = [],
        visitsPerDay: Int = .max, stops: [Stop] = [], depot: TravelPoint? = nil
    ) {
        self.depot = depot
        self.base = base
        self.shifts = shifts
        self.latestEnds = latestEnds
        self.breaks = breaks
        self.days = days
        self.visitsPerDay = visitsPerDay
        self.stops = stops.sorted { $0.span.start < $1.span.start }
    }

    public mutating func add(_ stop: Stop) {
        let position = stops.firstIndex { $0.span.start > stop.span.start } ?? stops.endIndex
        stops.insert(stop, at: position)
    }

    /// Booked time that is not over.
    func bookedMinutes(after moment: Int) -> Int {
        var seconds = 0
        for stop in stops where stop.span.end > moment { seconds += stop.span.end - stop.span.start }
        return seconds / 60
    }

    /// Room for a visit: it may start anywhere between two moments.
    struct Opening {
        var earliestStart: Int
        var latestStart: Int
        /// Seconds from the stop before, or from home, for who starts at the earliest.
        var travel: Int32
        /// Seconds that go beside the way there: those on from the site, without those that fall away.
        var onward: Int32
        /// When his shift ends.
        var overtimeFrom: Int

        var travelMinutes: Int { wholeMinutes(travel) }
        /// What the visit adds to the travel of the day.
        var detourMinutes: Int { wholeMinutes(max(0, travel + onward)) }

        /// Of so many seconds of work, after the end of his shift.
        func overtimeMinutes(_ start: Int, _ seconds: Int) -> Int { max(0, start + seconds - overtimeFrom + 59) / 60 }
    }

    /// Calls `visit` with each opening for `seconds` of work at `site` that begins in `range` and ends in it, earliest
    /// first, until it answers false. Nobody leaves for it before `now`.
    ///
    /// The way there is as long as it is for who leaves as soon as he can, the way on as for who comes just in time; the
    /// way home is that of the shift's end.
    ///
    /// - Parameter overtime: whether a visit may last as long after a shift as he may work. Who has gone home is not called
    ///   back.
    func forEachOpening(
        at site: TravelPoint, seconds: Int, in range: Span, overtime: Bool = false, now: Int, travel: TravelTimes,
        _ visit: (Opening) -> Bool
    ) {
        let mayLast = overtime && !latestEnds.isEmpty
        var index = 0
        for (number, shift) in shifts.enumerated() {
            let latest = mayLast && shift.end > now ? latestEnds[number] : shift.end
            if latest <= range.start { continue }
            if shift.start >= range.end { return }
            if isFull(shift) { continue }
            while index < stops.count, stops[index].span.end <= shift.start { index += 1 }
            var from = shift.start
            var previous = base
            var next = index
            while true {
                let following = next < stops.count && stops[next].span.start < latest ? stops[next] : nil
                let left = max(from, now)
                let end = min(following?.span.start ?? latest, range.end)
                // Where there is no time for the work there is none for the way either.
                if max(left, range.start) + seconds <= end,
                    let opening = opening(
                        at: site, seconds: seconds, in: range, after: previous, left: left, before: following,
                        or: latest, shiftEnd: shift.end, travel), !withoutBreaks(opening, seconds, visit)
                {
                    return
                }
                guard let following else { break }
                from = following.span.end
                previous = following.point
                next += 1
            }
        }
    }

    /// Between a stop that was left at a moment and the following one, or the way home; nil when the ways take too long.
    @inline(__always)
    private func opening(
        at site: TravelPoint, seconds: Int, in range: Span, after previous: TravelPoint, left: Int,
        before following: Stop?, or latest: Int, shiftEnd: Int, _ travel: TravelTimes
    ) -> Opening? {
        var there = way(from: previous, to: site, leaving: left, travel)
        var start = left + Int(there) + stay
        if start < range.start {
            // There is time to leave later.
            start = range.start
            there = way(from: previous, to: site, arriving: start, travel)
        }
        guard let following else {
            // The way home is his own time.
            let end = min(latest, range.end)
            if start + seconds > end { return nil }
            return Opening(
                earliestStart: start, latestStart: end - seconds, travel: there,
                onward: travel.seconds(from: site, to: base, leaving: shiftEnd)
                    - travel.seconds(from: previous, to: base, leaving: shiftEnd), overtimeFrom: shiftEnd)
        }
        let onward = way(from: site, to: following, travel)
        let end = min(following.span.start - Int(onward) - stay(before: following), range.end)
        if start + seconds > end { return nil }
        return Opening(
            earliestStart: start, latestStart: end - seconds, travel: there,
            onward: onward - way(from: previous, to: following, travel), overtimeFrom: shiftEnd)
    }

    /// Calls `visit` with what breaks leave of an opening; what it answered last.
    private func withoutBreaks(_ whole: Opening, _ seconds: Int, _ visit: (Opening) -> Bool) -> Bool {
        var rest = whole
        for pause in breaks where pause.end > whole.earliestStart && pause.start < whole.latestStart + seconds {
            if rest.earliestStart + seconds <= pause.start {
                var before = rest
                before.latestStart = pause.start - seconds
                if !visit(before) { return false }
            }
            rest.earliestStart = max(rest.earliestStart, pause.end)
        }
        return rest.earliestStart <= rest.latestStart ? visit(rest) : true
    }

    private func latestEnd(of shift: Int) -> Int { latestEnds.isEmpty ? shifts[shift].end : latestEnds[shift] }

    /// Minutes of a visit after the end of his shift, as far as he may work overtime.
    func overtimeMinutes(of visit: Span) -> Int {
        guard let shift = shifts.lastIndex(where: { $0.start <= visit.start }), visit.end <= latestEnd(of: shift) else {
            return 0
        }
        return max(0, visit.end - shifts[shift].end + 59) / 60
    }

    private func isFull(_ shift: Span) -> Bool {
        guard visitsPerDay <= stops.count else { return false }
        let day = days.last { $0.contains(shift.start) } ?? shift
        return stops.count { $0.span.overlaps(day) } >= visitsPerDay
    }

    /// Minutes to a visit at a given time, from the stop before it that day, or from home.
    public func travel(to site: TravelPoint, for span: Span, by travel: TravelTimes) -> Int {
        let previous = stops.last { $0.span.end <= span.start && $0.span.end > span.start - 12 * 3600 }
        return wholeMinutes(travel.seconds(from: previous?.point ?? base, to: site, arriving: span.start))
    }

    /// Minutes of all ways of all shifts, from home and back.
    func travelMinutes(by travel: TravelTimes) -> Int {
        shifts.enumerated().reduce(0) { sum, entry in
            let shift = entry.element
            let whole = Span(start: shift.start, end: latestEnd(of: entry.offset))
            var (minutes, previous) = (0, base)
            for stop in stops where whole.contains(stop.span) {
                minutes += wholeMinutes(travel.seconds(from: previous, to: stop.point, arriving: stop.span.start))
                previous = stop.point
            }
            return sum + minutes + wholeMinutes(travel.seconds(from: previous, to: base, leaving: shift.end))
        }
    }

    /// The cheapest start on a grid of `grid` seconds, the earliest of equals.
    func cheapest(
        at site: TravelPoint, seconds: Int, in range: Span, now: Int, grid: Int, price: SlotPrice, travel: TravelTimes
    ) -> Slot? {
        cheapest(at: site, seconds: seconds, in: range, now: now, price: price, travel: travel) {
            roundUp($0.earliestStart, to: grid)
        }
    }

    /// The cheapest start, the earliest of equals.
    ///
    /// - Parameter first: the first start in an opening that will do; nil where none does.
    @inline(__always)
    func cheapest(
        at site: TravelPoint, seconds: Int, in range: Span, now: Int, price: SlotPrice, travel: TravelTimes,
        first: (Opening) -> Int?
    ) -> Slot? {
        var found: Slot?
        var least = Int.max
        forEachOpening(
            at: site, seconds: seconds, in: range, overtime: price.perOvertimeMinute > 0, now: now, travel: travel
        ) { opening in
            // Within an opening only time and overtime grow, so its earliest start is its cheapest.
            guard let start = first(opening) else { return true }
            let ofTime = price.ofTime(start)
            if ofTime >= least { return false }
            let overtime = opening.overtimeMinutes(start, seconds)
            let cost =
                ofTime + opening.detourMinutes * price.perDetourMinute + overtime * price.perOvertimeMinute
            if start <= opening.latestStart, cost < least {
                least = cost
                found = Slot(
                    span: Span(start: start, end: start + seconds), travelMinutes: opening.travelMinutes,
                    detourMinutes: opening.detourMinutes, overtimeMinutes: overtime, fetches: fetches)
            }
            return true
        }
        return found
    }

    /// Windows of `length` seconds within which a visit can begin, the cheapest first, then the earliest.
    /// They begin on the grid, none lies over another, and none reaches beyond its shift or the range, nor its visits into
    /// overtime.
    ///
    /// - Parameter end: when a visit has to be over.
    func windows(
        of length: Int, at site: TravelPoint, seconds: Int, in range: Span, until end: Int = .max, now: Int, grid: Int,
        price: SlotPrice, travel: TravelTimes
    ) -> [Slot] {
        var slots: [Slot] = []
        for shift in shifts {
            var start = roundUp(max(shift.start, range.start), to: grid)
            while start < min(shift.end, range.end) {
                let window = Span(start: start, end: min(start + length, shift.end, range.end))
                start = window.end
                if let slot = slot(within: window, until: end, at: site, seconds: seconds, now: now, travel: travel) {
                    slots.append(slot)
                }
            }
        }
        let costs = slots.map { price.cost(of: $0) }
        return slots.indices.sorted { (costs[$0], slots[$0].span.start) < (costs[$1], slots[$1].span.start) }
            .map { slots[$0] }
    }

    private func slot(
        within window: Span, until end: Int, at site: TravelPoint, seconds: Int, now: Int, travel: TravelTimes
    ) -> Slot? {
        let whole = Arrivals(within: window).span(of: seconds)
        let range = Span(start: whole.start, end: min(whole.end, end))
        guard
            let visit = cheapest(
                at: site, seconds: seconds, in: range, now: now, grid: DayPlanning.gridSeconds, price: SlotPrice(),
                travel: travel)
        else { return nil }
        return Slot(span: window, travelMinutes: visit.travelMinutes, detourMinutes: visit.detourMinutes)
    }
}
