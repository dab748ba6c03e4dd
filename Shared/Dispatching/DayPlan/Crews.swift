import FoundationEssentials

/// Visits of several engineers on a day: a visit of the one who answers for it, and one of each who helps.
extension BranchDay {
    /// By visit, those who help with it; indexes.
    func helpers(among planned: [Int]) -> [Int: [Int]] {
        let numbers = Dictionary(planned.map { (visits[$0].assignmentId, $0) }) { first, _ in first }
        return planned.reduce(into: [:]) { helpers, index in
            if visits[index].freedom == nil || visits[index].helpers.isEmpty { return }
            helpers[index] = visits[index].helpers.compactMap { numbers[$0] }
        }
    }

    /// The day on which a visit of several may be moved only if all who go are planned, and stand at the same time.
    func leavingPartCrews(of planned: [Int]) -> BranchDay {
        leavingCrews { day, lead in
            let there = planned.filter { day.visits[lead].helpers.contains(day.visits[$0].assignmentId) }
            return planned.contains(lead) && there.count == day.visits[lead].helpers.count
                && (there + [lead]).allSatisfy { day.isFree(day.visits[$0]) }
                && there.allSatisfy { day.visits[$0].span == day.visits[lead].span }
        }
    }

    /// The day on which what several do together stays where it is.
    func leavingAllCrews() -> BranchDay { leavingCrews { _, _ in false } }

    private func leavingCrews(but mayMove: (BranchDay, Int) -> Bool) -> BranchDay {
        let leads = visits.indices.filter { !visits[$0].helpers.isEmpty && mayMove(self, $0) }
        let moved = Set(leads.map { visits[$0].assignmentId })
        let left = visits.map { visit in
            var visit = visit
            let isAlone = visit.helpers.isEmpty && visit.helps == nil
            if !isAlone, !moved.contains(visit.helps ?? visit.assignmentId) { visit.freedom = nil }
            return visit
        }
        return BranchDay(now: now, engineers: engineers, visits: left, travel: travel)
    }
}
