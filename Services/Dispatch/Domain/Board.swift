import FoundationEssentials

/// What every engineer of a roster has before him, so that jobs decided one after another see each other's bookings.
struct Board: Sendable {
    let range: Span
    private var stops: [[Timeline.Stop]]
    private var timelines: [Timeline?]

    /// All the time that some of the jobs may be given, their wishes included.
    static func range(for jobs: [JobRequest], now: Int) -> Span {
        var range = Span(start: now, end: now + RuleSet.horizonSeconds)
        for job in jobs {
            range.end = max(range.end, job.range.end)
            for wish in job.preferredSpans { range.end = max(range.end, wish.end + job.seconds) }
        }
        range.end = min(range.end, now + 400 * 86_400)
        return range
    }

    init(_ roster: Roster, range: Span) {
        self.range = range
        stops = Array(repeating: [], count: roster.members.count)
        timelines = Array(repeating: nil, count: roster.members.count)
    }

    /// Enters what is booked already; before the first timeline is asked for.
    mutating func enter(_ span: Span, at place: Place, of member: Int) {
        stops[member].append(Timeline.Stop(span: span, point: TravelPoint(place)))
    }

    /// Made when first asked for: most engineers are excluded by rules that need none.
    mutating func timeline(of member: Int, _ roster: Roster) -> Timeline {
        if let made = timelines[member] { return made }
        let person = roster.members[member]
        let made = Timeline(base: person.base, shifts: person.shifts?.spans(in: range) ?? [], stops: stops[member])
        timelines[member] = made
        return made
    }

    mutating func book(_ span: Span, at point: TravelPoint, for member: Int) {
        timelines[member]?.add(Timeline.Stop(span: span, point: point))
    }
}
