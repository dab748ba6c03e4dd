import FoundationEssentials

extension Decider {
    /// Windows of `length` seconds within which he could begin, the cheapest first by what the rules charge for travel, waiting
    /// and the promised arrival; at most `count`.
    public mutating func windows(
        _ count: Int, of length: Int, for job: JobRequest, of member: Int, in timeline: Timeline, within range: Span,
        now: Int, travel: TravelTimes
    ) -> [Slot] {
        let scales = Scales(job: job, rules: rules.apply(to: job), soft: rules.ruleSet.soft, now: now, travel: travel)
        let slots = windows(
            of: length, for: scales, of: member, in: timeline, within: range,
            scales.prices(of: member, timeline.base, 0).slot)
        return Array(slots.prefix(count))
    }

    /// Such windows of everybody whom the rules let go, the cheapest first by all that the rules charge, each with the one for whom it
    /// is cheapest; none lies over a cheaper one. At most `count`.
    public mutating func windows(
        _ count: Int, of length: Int, for job: JobRequest, on board: Board, within range: Span, now: Int
    ) -> [(engineerId: UUID, slot: Slot)] {
        var board = board
        let scales = Scales(
            job: job, rules: rules.apply(to: job), soft: rules.ruleSet.soft, now: now, travel: board.travel)
        var found: [(cost: Int, member: Int, slot: Slot)] = []
        possible(scales.rules) { _, _ in }.forEach { member in
            let timeline = board.timeline(of: member)
            let prices = scales.prices(of: member, timeline.base, timeline.bookedMinutes(after: now))
            let slots = windows(of: length, for: scales, of: member, in: timeline, within: range, prices.slot)
            found += slots.map { (prices.fixed + prices.slot.cost(of: $0), member, $0) }
        }
        found.sort { ($0.cost, $0.slot.span.start, $0.member) < ($1.cost, $1.slot.span.start, $1.member) }
        var chosen: [(engineerId: UUID, slot: Slot)] = []
        for (_, member, slot) in found where !chosen.contains(where: { $0.slot.span.overlaps(slot.span) }) {
            if chosen.count == count { break }
            chosen.append((roster.id(of: member), slot))
        }
        return chosen
    }

    private func windows(
        of length: Int, for scales: Scales, of member: Int, in timeline: Timeline, within range: Span,
        _ price: SlotPrice
    ) -> [Slot] {
        scales.own(timeline, member).windows(
            of: length, at: scales.job.site, seconds: scales.job.seconds, in: range,
            until: roster.end(member, columns: roster.columns(of: scales.job.required)), now: scales.now,
            grid: Planning.windowSeconds, price: price, travel: scales.travel)
    }
}
