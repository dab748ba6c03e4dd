import DomainContracts

/// Somebody who may go, with what it would cost. The lowest total wins; then the earlier start; then the lower id.
public struct Candidate: Sendable {
    public let member: Int
    public let slot: Slot
    public let total: Int
    let isWish: Bool
    let bookedMinutes: Int

    func isBetter(than other: Candidate) -> Bool {
        (total, slot.span.start, member) < (other.total, other.slot.span.start, other.member)
    }
}

/// Weighs one engineer for one job.
struct Scales {
    let job: JobRequest
    let rules: JobRules
    let soft: [SoftRule]
    let now: Int
    let travel: TravelTimes
    /// When he may begin, his own calendar apart.
    var starts = Starts.onGrid

    /// His best slot and what it costs; nil when he has no free time.
    ///
    /// - Parameter skillsEnd: when he may not do it any more.
    func weigh(_ member: Int, _ timeline: Timeline, skillsEnd: Int = .max) -> Candidate? {
        let timeline = own(timeline, member)
        let booked = timeline.bookedMinutes(after: now)
        let prices = prices(of: member, timeline.base, booked)
        guard let found = slot(member, timeline, prices.slot, prices.wish, skillsEnd) else { return nil }
        return Candidate(
            member: member, slot: found.slot, total: prices.fixed + found.cost, isWish: found.isWish,
            bookedMinutes: booked)
    }

    /// His calendar for this job, for which he may have something to fetch.
    func own(_ timeline: Timeline, _ member: Int) -> Timeline {
        rules.missingParts.map { timeline.fetching($0[member]) } ?? timeline
    }

    /// What it costs that he comes at a time that others have chosen.
    func candidate(_ member: Int, at slot: Slot, _ timeline: Timeline, now: Int) -> Candidate {
        let booked = timeline.bookedMinutes(after: now)
        let prices = prices(of: member, timeline.base, booked)
        let isWish = job.wishes.contains { Arrivals(within: $0).contains(slot.span.start) }
        let surcharge = isWish || job.wishes.isEmpty ? 0 : prices.wish
        return Candidate(
            member: member, slot: slot,
            total: prices.fixed + surcharge + prices.slot.cost(of: slot),
            isWish: isWish, bookedMinutes: booked)
    }

    /// What it costs that he comes at a time, that it is none that the customer wished for, and whenever he comes.
    ///
    /// - Parameter booked: minutes that he is booked for, as far as load counts.
    func prices(of member: Int, _ base: TravelPoint, _ booked: Int) -> (slot: SlotPrice, wish: Int, fixed: Int) {
        var slot = SlotPrice(perDetourMinute: 0, from: job.range.start, dueAt: job.dueAt)
        var (wish, fixed) = (0, 0)
        for (index, rule) in soft.enumerated() {
            let price = rules.prices[index][member]
            switch rule.measure {
            case .travel: slot.perDetourMinute = price
            case .slaSlack: slot.perLateMinute = price * job.urgency
            case .waiting: slot.perWait = price * job.urgency
            case .overtime: slot.perOvertimeMinute = price
            case .wish: wish = price
            default: fixed += price * units(rule.measure, member, base, booked)
            }
        }
        return (slot, wish, fixed)
    }

    /// What the rules charge a member for an hour that he is booked already.
    func loadPrice(of member: Int) -> Int {
        zip(soft, rules.prices).reduce(0) { $1.0.measure == .load ? $0 + $1.1[member] * 4 : $0 }
    }

    /// A wish of the customer's where one can be met and is worth it, else any time.
    private func slot(
        _ member: Int, _ timeline: Timeline, _ price: SlotPrice, _ wishPrice: Int, _ skillsEnd: Int
    ) -> (slot: Slot, cost: Int, isWish: Bool)? {
        var best: (slot: Slot, cost: Int, isWish: Bool)?
        func look(in whole: Span, isWish: Bool, surcharge: Int) {
            let range = Span(start: whole.start, end: min(whole.end, skillsEnd))
            guard let slot = cheapest(member, timeline, in: range, price) else { return }
            let cost = price.cost(of: slot) + surcharge
            if best.map({ cost < $0.cost }) ?? true { best = (slot, cost, isWish) }
        }
        for wish in job.wishes {
            // As for a promise: within a window a visit begins, and need not end.
            let arrivals = Arrivals(within: wish)
            let earliest = max(arrivals.earliest, now)
            guard earliest <= arrivals.latest else { continue }
            let ahead = Arrivals(earliest: earliest, latest: arrivals.latest)
            look(in: ahead.span(of: job.seconds), isWish: true, surcharge: 0)
        }
        look(in: job.range, isWish: false, surcharge: job.wishes.isEmpty ? 0 : wishPrice)
        return best
    }

    private func cheapest(_ member: Int, _ timeline: Timeline, in range: Span, _ price: SlotPrice) -> Slot? {
        switch starts {
        case .onGrid:
            timeline.cheapest(
                at: job.site, seconds: job.seconds, in: range, now: now, grid: Planning.gridSeconds, price: price,
                travel: travel)
        case .asSoonAsPossible:
            timeline.cheapest(
                at: job.site, seconds: job.seconds, in: range, now: now, price: price, travel: travel
            ) { $0.earliestStart }
        case .together(let crew):
            timeline.cheapest(
                at: job.site, seconds: job.seconds, in: range, now: now, price: price, travel: travel
            ) { crew.first(in: $0.earliestStart...max($0.earliestStart, $0.latestStart), without: member) }
        }
    }

    /// How much of a measure there is, its price apart.
    private func units(_ measure: SoftRule.Measure, _ member: Int, _ base: TravelPoint, _ booked: Int) -> Int {
        switch measure {
        case .distance: wholeMinutes(travel.seconds(from: base, to: job.site))
        case .load: booked / 15
        case .preferred: rules.preferred?.contains(member) ?? true ? 0 : 1
        case .continuity: rules.previous.map { $0 != member } ?? false ? 1 : 0
        case .missingParts: rules.unplannedParts?[member] ?? 0
        case .always: 1
        case .travel, .slaSlack, .waiting, .overtime, .wish: 0
        }
    }

    /// Of one candidate, what is not nothing.
    func score(of candidate: Candidate, _ roster: Roster, softRules: [String]) -> CandidateScore {
        let terms = terms(of: candidate, from: roster.members[candidate.member].base)
        return CandidateScore(
            engineerId: roster.id(of: candidate.member), total: candidate.total,
            terms: zip(softRules, terms).filter { $1 != 0 }.map { ScoreTerm(rule: $0, cost: $1) })
    }

    /// The terms of a total, by soft rule.
    func terms(of candidate: Candidate, from base: TravelPoint) -> [Int] {
        let price = SlotPrice(from: job.range.start, dueAt: job.dueAt)
        let start = candidate.slot.span.start
        return soft.enumerated().map { index, rule in
            let units =
                switch rule.measure {
                case .travel: candidate.slot.detourMinutes
                case .slaSlack: price.lateMinutes(start) * job.urgency
                case .waiting: price.waits(start) * job.urgency
                case .overtime: candidate.slot.overtimeMinutes
                case .wish: job.wishes.isEmpty || candidate.isWish ? 0 : 1
                default: self.units(rule.measure, candidate.member, base, candidate.bookedMinutes)
                }
            return units * rules.prices[index][candidate.member]
        }
    }
}
