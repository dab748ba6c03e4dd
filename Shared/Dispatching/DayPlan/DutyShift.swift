import FoundationEssentials

/// One shift of one engineer, from now on: what routing calls a vehicle.
struct DutyShift: Sendable {
    let engineerId: UUID
    /// In the roster.
    let member: Int
    let span: Span
    /// Until when his visits may last if need be; the shift's end where he works no overtime.
    let latestEnd: Int
    /// Where he is first, and when he may leave.
    let start: TravelPoint
    let leaves: Int
    let base: TravelPoint
    /// Where he fetches what he has not with him; nil: nobody plans that.
    let depot: TravelPoint?
    /// When he is thought to have left it last, or to leave it; nil: he has not been there, and is not on his way.
    private(set) var calledAt: Int?
    /// Visits for which he cannot call there in time, and is not made to.
    var waived: Set<UUID> = []
    /// His visits within it that are yet to begin, in order; indexes into those of the day.
    let visits: [Int]
    /// What he is booked for after these and before his next shift, and stays as it is; nil for nothing.
    let following: Int?
    /// His breaks that are yet to begin; those that a visit that cannot be moved lies over are none.
    let breaks: [Span]
    /// How many he may make yet.
    let visitsPerDay: Int

    /// The shifts that begin within the horizon, of the engineers whom the roster knows.
    static func all(of day: BranchDay, _ roster: Roster) -> [DutyShift] {
        let byEngineer = Dictionary(grouping: day.visits.indices) { day.visits[$0].engineerId }
        let range = Span(start: day.now, end: day.now + DayPlanning.horizonSeconds)
        return day.engineers.flatMap { id -> [DutyShift] in
            guard let member = roster.position(of: id) else { return [] }
            let booked = (byEngineer[id] ?? []).sorted { day.visits[$0].span.start < day.visits[$1].span.start }
            let person = roster.members[member]
            let days = person.shifts?.days(in: range) ?? []
            var seen: Set<Int> = []
            let spans = person.shifts?.spans(in: range) ?? []
            let latestEnds = person.shifts?.latestEnds(of: spans) ?? []
            return spans.enumerated().map { number, span in
                let whole = days.last { $0.contains(span.start) } ?? span
                // What is left of a day that is in pieces is the first one's.
                let isFirst = seen.insert(whole.start).inserted
                let total = booked.count { day.visits[$0].span.overlaps(whole) }
                let more = isFirst ? max(0, person.visitsPerDay - total) : 0
                let latestEnd = latestEnds.isEmpty ? span.end : latestEnds[number]
                let next = spans.dropFirst(number + 1).first?.start ?? range.end
                return DutyShift(id, member, span, until: latestEnd, before: next, person, booked, day, more: more)
            }
        }
    }

    private init(
        _ engineerId: UUID, _ member: Int, _ span: Span, until latestEnd: Int, before next: Int,
        _ person: Roster.Member, _ booked: [Int], _ day: BranchDay, more: Int
    ) {
        self.engineerId = engineerId
        self.member = member
        self.span = span
        self.latestEnd = latestEnd
        base = person.base
        depot = person.depot
        let begins = max(span.start, day.now)
        func isBefore(_ index: Int) -> Bool {
            let starts = day.visits[index].span.start
            // What begins with the shift is its first visit, and nothing that he comes from.
            return starts < begins || starts == day.now
        }
        let pauses = person.shifts?.breaks(in: span) ?? []
        let rest = pauses.first { $0.start <= begins && begins < $0.end }?.end ?? begins
        // What he is at, or comes from, is where he starts.
        let last = booked.last { isBefore($0) && day.visits[$0].span.end > span.start }
        var (start, leaves) = (person.base, rest)
        if let last { (start, leaves) = (day.visits[last].site, max(rest, day.visits[last].span.end)) }
        var coming = booked.filter {
            !isBefore($0) && (day.visits[$0].span.start < span.end || day.visits[$0].span.end <= latestEnd)
        }
        if leaves == day.now, let first = coming.first.map({ day.visits[$0] }),
            first.span.start < leaves + day.way(start, first)
        {
            // Nobody could still set out for it: he is on his way, and comes from there.
            (start, leaves) = (first.site, first.span.end)
            coming.removeFirst()
        }
        self.start = start
        self.leaves = leaves
        visits = coming
        let known = Set(coming)
        following = booked.first { index in
            let starts = day.visits[index].span.start
            return !known.contains(index) && !isBefore(index) && starts >= span.end && starts < next
        }
        visitsPerDay = more > Int.max - coming.count ? .max : more + coming.count
        breaks = pauses.filter { [coming] pause in
            pause.start > begins
                && !coming.contains { !day.isFree(day.visits[$0]) && day.visits[$0].span.overlaps(pause) }
        }
        if depot == nil { return }
        let own = booked.map { day.visits[$0] }.filter { $0.span.start >= begins && $0.span.start < span.end }
        calledAt = callMoment(
            own, coming.map { day.visits[$0] }, after: last.map { day.visits[$0] },
            since: max(span.start, last.map { day.visits[$0].span.end } ?? 0), day)
    }

    /// As many of them as can be planned together: of a large branch a neighbourhood, each time another one.
    static func neighbourhood(of shifts: [DutyShift], _ seed: UInt64, by travel: TravelTimes) -> [DutyShift] {
        guard places(shifts) > DayPlanning.mostPlaces else { return shifts }
        let middle = shifts[Int(seed % UInt64(shifts.count))].base
        let byDistance = shifts.map { (shift: $0, seconds: travel.seconds(from: middle, to: $0.base)) }
            .sorted { $0.seconds < $1.seconds }
        var room = DayPlanning.mostPlaces
        return byDistance.map(\.shift).prefix { shift in
            room -= places([shift])
            return room >= 0
        }
    }

    private static func places(_ shifts: [DutyShift]) -> Int { shifts.reduce(0) { $0 + $1.visits.count + 2 } }

    func isOnDuty(at moment: Int) -> Bool { span.start <= moment && moment < span.end }
}
