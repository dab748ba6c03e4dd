import FoundationEssentials

/// What is fetched from depots on a day.
extension BranchDay {
    /// Whether somebody who has a visit in a shift has to call at his depot before it. What begins within the hour people have
    /// acted on, and seen to what it takes.
    func fetches(_ shift: DutyShift, _ visit: Visit) -> Bool {
        shift.depot != nil && !isSoon(visit) && visit.missing(shift.engineerId) > 0
            && !shift.isSeenTo(visit, now: now)
    }

    /// Places in an order of visits before which somebody can call for all that he has to fetch, the latest first; one that is nil
    /// where he need not.
    func calls(_ shift: DutyShift, _ order: [Int]) -> [Int?] {
        guard let last = order.firstIndex(where: { fetches(shift, visits[$0]) }) else { return [nil] }
        return (0...last).reversed()
    }

    /// Whether it does not go into a shift because who has it now has in his van what it takes: that lies at no depot.
    func isBoundToVan(_ visit: Visit, against shift: DutyShift) -> Bool {
        shift.depot != nil && visit.missing(visit.engineerId) == 0 && visit.missing(shift.engineerId) > 0
    }

    func isSoon(_ visit: Visit) -> Bool {
        visit.span.start < now + (visit.freedom?.frozenSeconds ?? DayPlanning.frozenSeconds)
    }
}

extension DutyShift {
    /// Whether its engineer need not call at his depot for a visit of his own.
    func isSeenTo(_ visit: BranchDay.Visit, now: Int) -> Bool {
        guard visit.engineerId == engineerId else { return false }
        // He fetched nothing for what he did not know of.
        return waived.contains(visit.assignmentId) || (calledAt.map { (visit.acceptedAt ?? now) < $0 } ?? false)
    }

    /// When somebody is thought to have left his depot with all that he was booked for by then, if he is; he may be on his way there.
    ///
    /// - Parameters:
    ///   - booked: his visits of the shift that are yet to begin, the one to which he is on his way included.
    ///   - coming: the others.
    ///   - last: what he is at, or comes from.
    ///   - since: from when on he could have left.
    func callMoment(
        _ booked: [BranchDay.Visit], _ coming: [BranchDay.Visit], after last: BranchDay.Visit?, since: Int,
        _ day: BranchDay
    ) -> Int? {
        guard let depot else { return nil }
        func leaving(for visit: BranchDay.Visit) -> Int { visit.span.start - day.way(depot, visit) }
        // One call is for all: who has seen to what the next visit takes has fetched what the others take too.
        if let soon = booked.first(where: { day.isSoon($0) && $0.missing(engineerId) > 0 }) {
            return leaving(for: soon)
        }
        guard let needed = coming.firstIndex(where: { $0.missing(engineerId) > 0 }) else { return nil }
        func isInTime(_ visit: BranchDay.Visit, from place: TravelPoint, leaving: Int) -> Bool {
            let there = Int(day.travel.seconds(from: place, to: depot, leaving: leaving)) + DayPlanning.fetchSeconds
            return leaving + there + day.way(depot, visit, leaving: leaving + there) <= visit.span.start
        }
        let later = zip(coming, coming.dropFirst()).prefix(needed)
        if isInTime(coming[0], from: start, leaving: leaves)
            || later.contains(where: { isInTime($1, from: $0.site, leaving: $0.span.end) })
        {
            return nil
        }
        // No call is in time any more: he has been there, or is on his way, if he could.
        let accepted = coming[needed].acceptedAt ?? day.now
        if let last, accepted < last.span.start { return last.span.start }
        let left = max(since, accepted)
        return left < day.now && isInTime(coming[0], from: start, leaving: left) ? leaving(for: coming[0]) : nil
    }
}
