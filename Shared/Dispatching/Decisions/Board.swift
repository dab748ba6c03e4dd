import FoundationEssentials

/// What every engineer of a roster has before him, so that jobs decided one after another see each other's bookings.
public struct Board: Sendable {
    public let range: Span
    /// By which ways are reckoned.
    public var travel: TravelTimes
    private let roster: Roster
    private var timelines: [Timeline?]

    /// All the time that some of the jobs may be given, their wishes included.
    public static func range(for jobs: [JobRequest], now: Int) -> Span {
        let end = jobs.reduce(now + Planning.horizonSeconds) { max($0, $1.wholeRange.end) }
        return Span(start: now, end: min(end, now + 400 * 86_400))
    }

    public init(_ roster: Roster, range: Span, travel: TravelTimes) {
        self.range = range
        self.travel = travel
        self.roster = roster
        timelines = Array(repeating: nil, count: roster.count)
    }

    /// Says anew what somebody is booked for.
    public mutating func set(_ stops: [Timeline.Stop], of member: Int) {
        timelines[member] = timeline(member, stops)
    }

    /// Enters one booking more.
    public mutating func enter(_ stop: Timeline.Stop, of member: Int) {
        if timelines[member] == nil { timelines[member] = timeline(member, []) }
        timelines[member]?.add(stop)
    }

    /// Made when first asked for: most engineers are excluded by rules that need none.
    mutating func timeline(of member: Int) -> Timeline {
        if let made = timelines[member] { return made }
        let made = timeline(member, [])
        timelines[member] = made
        return made
    }

    /// All ways of everybody.
    func travelMinutes() -> Int { timelines.reduce(0) { $0 + ($1?.travelMinutes(by: travel) ?? 0) } }

    /// Where days of these members begin, their depots, and their stops.
    public func places(of members: [Int]) -> [TravelPoint] {
        members.map { roster.members[$0].base } + members.compactMap { roster.members[$0].depot }
            + members.flatMap { timelines[$0]?.stops.map(\.point) ?? [] }
    }

    private func timeline(_ member: Int, _ stops: [Timeline.Stop]) -> Timeline {
        let person = roster.members[member]
        let shifts = person.shifts?.spans(in: range) ?? []
        return Timeline(
            base: person.base, shifts: shifts, latestEnds: person.shifts?.latestEnds(of: shifts) ?? [],
            breaks: person.shifts?.breaks(in: range) ?? [],
            days: person.visitsPerDay < .max ? person.shifts?.days(in: range) ?? [] : [],
            visitsPerDay: person.visitsPerDay, stops: stops, depot: person.depot)
    }
}
