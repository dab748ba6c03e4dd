/// One engineer's shifts and stops within the time looked at, for finding room between them.
public struct Timeline: Sendable {
    public struct Stop: Sendable {
        public var span: Span
        public var point: TravelPoint

        public init(span: Span, point: TravelPoint) {
            self.span = span
            self.point = point
        }
    }

    public let base: TravelPoint
    public let shifts: [Span]
    /// When nobody works within a shift, in order.
    public let breaks: [Span]
    /// No shift holds more visits.
    public let visitsPerShift: Int
    /// By start; no two overlap.
    public private(set) var stops: [Stop]

    public init(
        base: TravelPoint, shifts: [Span], breaks: [Span] = [], visitsPerShift: Int = .max, stops: [Stop] = []
    ) {
        self.base = base
        self.shifts = shifts
        self.breaks = breaks
        self.visitsPerShift = visitsPerShift
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
        /// From the stop before, or from home.
        var travelMinutes: Int
        /// What the visit adds to the travel of the day.
        var detourMinutes: Int
    }

    /// Calls `visit` with each opening for `seconds` of work at `site` that begins in `range` and ends in it, earliest
    /// first, until it answers false. Nobody leaves for it before `now`.
    func forEachOpening(
        at site: TravelPoint, seconds: Int, in range: Span, now: Int, _ visit: (Opening) -> Bool
    ) {
        var index = 0
        for shift in shifts where shift.end > range.start {
            if shift.start >= range.end { return }
            if isFull(shift) { continue }
            while index < stops.count, stops[index].span.end <= shift.start { index += 1 }
            var from = shift.start
            var previous = base
            var next = index
            while true {
                let following = next < stops.count && stops[next].span.start < shift.end ? stops[next] : nil
                let travel = Travel.minutes(previous, site)
                let onward = Travel.minutes(site, following?.point ?? base)
                let start = max(max(from, now) + travel * 60, range.start)
                // The way home is his own time.
                let end = min(following.map { $0.span.start - onward * 60 } ?? shift.end, range.end)
                if start + seconds <= end {
                    let direct = Travel.minutes(previous, following?.point ?? base)
                    let opening = Opening(
                        earliestStart: start, latestStart: end - seconds, travelMinutes: travel,
                        detourMinutes: max(0, travel + onward - direct))
                    if !withoutBreaks(opening, seconds, visit) { return }
                }
                guard let following else { break }
                from = following.span.end
                previous = following.point
                next += 1
            }
        }
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

    private func isFull(_ shift: Span) -> Bool {
        visitsPerShift <= stops.count && stops.count { $0.span.overlaps(shift) } >= visitsPerShift
    }

    /// To a visit at a given time, from the stop before it that day, or from home.
    public func travel(to site: TravelPoint, for span: Span) -> Int {
        let previous = stops.last { $0.span.end <= span.start && $0.span.end > span.start - 12 * 3600 }
        return Travel.minutes(previous?.point ?? base, site)
    }

    /// All ways of all shifts, from home and back.
    func travelMinutes() -> Int {
        shifts.reduce(0) { sum, shift in
            let day = stops.filter { shift.contains($0.span) }
            guard let first = day.first, let last = day.last else { return sum }
            let between = zip(day, day.dropFirst()).reduce(0) { $0 + Travel.minutes($1.0.point, $1.1.point) }
            return sum + Travel.minutes(base, first.point) + between + Travel.minutes(last.point, base)
        }
    }

    /// The cheapest start on a grid of `grid` seconds, the earliest of equals.
    func cheapest(
        at site: TravelPoint, seconds: Int, in range: Span, now: Int, grid: Int, price: SlotPrice
    ) -> Slot? {
        var found: Slot?
        var least = Int.max
        forEachOpening(at: site, seconds: seconds, in: range, now: now) { opening in
            // Within an opening only time grows, so its earliest start is its cheapest.
            let start = roundUp(opening.earliestStart, to: grid)
            let ofTime = price.ofTime(start)
            if ofTime >= least { return false }
            let cost = ofTime + opening.detourMinutes * price.perDetourMinute
            if start <= opening.latestStart, cost < least {
                least = cost
                found = Slot(
                    span: Span(start: start, end: start + seconds), travelMinutes: opening.travelMinutes,
                    detourMinutes: opening.detourMinutes)
            }
            return true
        }
        return found
    }

    /// Windows of `length` seconds within which a visit can begin, cheapest detour first, then earliest; at most `count`.
    /// They begin on the grid, none lies over another, and none reaches beyond its shift or the range.
    public func windows(
        _ count: Int, of length: Int, at site: TravelPoint, seconds: Int, in range: Span, now: Int, grid: Int
    ) -> [Slot] {
        var slots: [Slot] = []
        for shift in shifts {
            var start = roundUp(max(shift.start, range.start), to: grid)
            while start < min(shift.end, range.end) {
                let window = Span(start: start, end: min(start + length, shift.end, range.end))
                start = window.end
                if let slot = slot(within: window, at: site, seconds: seconds, now: now) { slots.append(slot) }
            }
        }
        slots.sort { ($0.detourMinutes, $0.span.start) < ($1.detourMinutes, $1.span.start) }
        return Array(slots.prefix(count))
    }

    private func slot(within window: Span, at site: TravelPoint, seconds: Int, now: Int) -> Slot? {
        let range = Arrivals(within: window).span(of: seconds)
        guard
            let visit = cheapest(
                at: site, seconds: seconds, in: range, now: now, grid: DayPlanning.gridSeconds, price: SlotPrice())
        else { return nil }
        return Slot(span: window, travelMinutes: visit.travelMinutes, detourMinutes: visit.detourMinutes)
    }
}
