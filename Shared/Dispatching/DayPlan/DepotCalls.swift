import FoundationEssentials

/// What is fetched from depots on a day.
extension BranchDay {
    /// Whether somebody who has a visit in a shift has to call at his depot before it. What begins within the hour people have
    /// acted on, and seen to what it takes.
    func fetches(_ shift: DutyShift, _ visit: Visit) -> Bool {
        guard shift.depot != nil, !isSoon(visit), visit.missing(shift.engineerId) > 0 else { return false }
        return !(shift.hasCalled && visit.engineerId == shift.engineerId)
    }

    /// Places in an order of visits before which somebody can call for all that he has to fetch, the latest first; one that is nil
    /// where he need not.
    func calls(_ shift: DutyShift, _ order: [Int]) -> [Int?] {
        guard let last = order.firstIndex(where: { fetches(shift, visits[$0]) }) else { return [nil] }
        return (0...last).reversed()
    }

    /// Whether it goes to nobody who lacks what it takes, because who has it now has that in his van: it lies at no depot.
    func isBoundToVan(_ visit: Visit, against engineerId: UUID) -> Bool {
        visit.missing(visit.engineerId) == 0 && visit.missing(engineerId) > 0
    }

    func isSoon(_ visit: Visit) -> Bool {
        visit.span.start < now + (visit.freedom?.frozenSeconds ?? DayPlanning.frozenSeconds)
    }
}

extension DutyShift {
    /// Whether somebody is thought to be on his way by the depot: he could have left in time to be at the first of his coming visits,
    /// cannot any more, and no later call is in time either.
    ///
    /// - Parameters:
    ///   - start: where he is.
    ///   - since: from when on he could have left.
    static func isCalling(
        before coming: [BranchDay.Visit], _ day: BranchDay, from start: TravelPoint, since: Int, depot: TravelPoint,
        _ engineerId: UUID
    ) -> Bool {
        guard let needed = coming.firstIndex(where: { $0.missing(engineerId) > 0 }) else { return false }
        // He could not have left for what he did not know of.
        let since = max(since, coming[needed].acceptedAt ?? day.now)
        guard since < day.now else { return false }
        func isInTime(_ visit: BranchDay.Visit, from place: TravelPoint, leaving: Int) -> Bool {
            let leaves =
                leaving + Int(day.travel.seconds(from: place, to: depot, leaving: leaving)) + DayPlanning.fetchSeconds
            return leaves + day.way(depot, visit, leaving: leaves) <= visit.span.start
        }
        let later = zip(coming, coming.dropFirst()).prefix(needed)
        if later.contains(where: { isInTime($1, from: $0.site, leaving: $0.span.end) }) { return false }
        return isInTime(coming[0], from: start, leaving: since) && !isInTime(coming[0], from: start, leaving: day.now)
    }
}
