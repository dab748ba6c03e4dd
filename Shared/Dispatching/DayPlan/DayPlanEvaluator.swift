import FoundationEssentials

/// Checks the times and hands of a plan from first principles, before anybody hears of it: beside the day that is expected without
/// the plan it shares nothing with the search, nor with what chooses times.
struct DayPlanEvaluator {
    private let before: BranchDay
    private var rules: CompiledRules
    /// Visits that the plan gives another time or another engineer, and the newcomer.
    private var changed: Set<UUID> = []
    private var after: [BranchDay.Visit]
    private var faults: [String] = []

    /// As they were: who has to call at his depot for what.
    private let dutyShifts: [UUID: [DutyShift]]

    /// - Parameters:
    ///   - day: as it is expected to be, without the plan.
    ///   - shifts: who has to call at his depot in them, and for what not.
    init(_ day: BranchDay, _ rules: CompiledRules, _ shifts: [DutyShift] = []) {
        dutyShifts = Dictionary(grouping: shifts, by: \.engineerId)
        before = day
        after = day.visits
        self.rules = rules
    }

    /// What a plan for the whole day's sake changes.
    mutating func check(_ plan: DayPlan) throws(BrokenDayPlan) {
        for change in plan.changes { apply(change) }
        try walk(Set(plan.changes.flatMap { [$0.from, $0.to] }))
    }

    /// What room for a job changes, and when and by whom the job is done.
    mutating func check(_ room: Room, for job: JobRequest, _ arrivals: Arrivals) throws(BrokenDayPlan) {
        for change in room.plan.changes { apply(change) }
        let newcomer = BranchDay.Visit(
            assignmentId: job.workOrderId, engineerId: room.engineerId, span: room.span, site: job.site,
            freedom: .init(newcomer: job, arrivals))
        note(room.span.end - room.span.start != job.seconds, "takes another time than the job", newcomer)
        note(!mayHave(job, room.engineerId, until: room.span.end), "goes to somebody who may not have it", newcomer)
        checkPromise(newcomer)
        changed.insert(newcomer.assignmentId)
        after.append(newcomer)
        try walk(Set(room.plan.changes.flatMap { [$0.from, $0.to] } + [room.engineerId]))
    }

    private mutating func apply(_ change: DayPlan.Change) {
        guard let index = after.firstIndex(where: { $0.assignmentId == change.assignmentId }) else {
            faults.append("\(change.assignmentId) is no visit of the day")
            return
        }
        let visit = after[index]
        note(!changed.insert(change.assignmentId).inserted, "is changed twice", visit)
        note(visit.engineerId != change.from, "is somebody else's", visit)
        after[index].engineerId = change.to
        after[index].span = change.span
        note(change.span.end - change.span.start != visit.seconds, "takes another time", visit)
        checkPromise(after[index])
        guard let freedom = visit.freedom else { return note(true, "is pinned", visit) }
        let frozen = before.now + freedom.frozenSeconds
        note(min(visit.span.start, change.span.start) < frozen, "is too soon to be moved", visit)
        if visit.helps != nil, !freedom.staysWithHim {
            note(!lasts(freedom.job, change.to, until: change.span.end), "outlasts what he may do", visit)
        }
        guard change.isHandOver else { return }
        note(freedom.staysWithHim, "stays with its engineer", visit)
        note(!mayHave(freedom.job, change.to, until: change.span.end), "goes to somebody who may not have it", visit)
        let isOnDuty = shifts(of: change.to).contains { $0.contains(before.now) }
        note(!isOnDuty, "goes to somebody who is off duty now", visit)
    }

    private mutating func checkPromise(_ visit: BranchDay.Visit) {
        note(!(visit.promised?.contains(visit.span.start) ?? true), "begins at another time than promised", visit)
    }

    /// Whether a helper is there when he whom he helps is.
    private mutating func checkCrew(of visit: BranchDay.Visit) {
        for helper in after where visit.helpers.contains(helper.assignmentId) {
            note(helper.span != visit.span, "begins without a helper", visit)
            note(helper.engineerId == visit.engineerId, "has its own engineer for a helper", visit)
        }
        guard let lead = visit.helps.flatMap({ id in after.first { $0.assignmentId == id } }) else { return }
        note(lead.span != visit.span, "helps at another time", visit)
    }

    private mutating func mayHave(_ job: JobRequest, _ engineer: UUID, until end: Int) -> Bool {
        guard let member = rules.roster.position(of: engineer) else { return false }
        return rules.apply(to: job).broken(by: member).isEmpty
            && lasts(job, engineer, until: end)
    }

    private func lasts(_ job: JobRequest, _ engineer: UUID, until end: Int) -> Bool {
        guard let member = rules.roster.position(of: engineer) else { return false }
        return job.required.allSatisfy { rules.roster.end(member, $0.skill) >= end }
    }

    private mutating func walk(_ engineers: Set<UUID>) throws(BrokenDayPlan) {
        for visit in after where changed.contains(visit.assignmentId) { checkCrew(of: visit) }
        for engineer in engineers { walk(engineer) }
        guard faults.isEmpty else { throw BrokenDayPlan(faults.joined(separator: "; ")) }
    }

    private mutating func walk(_ engineer: UUID) {
        guard let member = rules.roster.position(of: engineer) else { return }
        let (old, new) = (visits(of: engineer, in: before.visits), visits(of: engineer, in: after))
        let booked = choices(of: calls(old, member))[0]
        // When he calls at his depot nobody says: there has to be one time that suits all.
        var best: DayPlanEvaluator?
        for choice in choices(of: calls(new, member)) where best.map({ $0.faults.count > faults.count }) ?? true {
            var trial = self
            trial.walk(old, new, rules.roster.members[member], calling: choice, before: booked)
            if trial.faults.count < best?.faults.count ?? .max { best = trial }
        }
        if let best { self = best }
    }

    /// - Parameters:
    ///   - calls: visits before which he calls at his depot.
    ///   - booked: the same of what he was booked for.
    private mutating func walk(
        _ old: [BranchDay.Visit], _ new: [BranchDay.Visit], _ person: Roster.Member, calling calls: Set<UUID>,
        before booked: Set<UUID>
    ) {
        let engineer = person.id
        var previous: BranchDay.Visit?
        for visit in new {
            defer { previous = visit }
            let follows = old.firstIndex { $0.assignmentId == visit.assignmentId }
                .flatMap { $0 == 0 ? nil : old[$0 - 1].assignmentId }
            let isAsBefore =
                !changed.contains(visit.assignmentId) && follows == previous?.assignmentId
                && !(previous.map { changed.contains($0.assignmentId) } ?? false)
                && calls.contains(visit.assignmentId) == booked.contains(visit.assignmentId)
            if isAsBefore { continue }
            guard let shift = shifts(of: engineer).last(where: { $0.start <= visit.span.start }) else {
                note(changed.contains(visit.assignmentId), "lies in no shift", visit)
                continue
            }
            // Who came late before may come as late, give or take what ways are rounded by.
            var latest = visit.span.start
            if !changed.contains(visit.assignmentId) {
                let known = old.firstIndex { $0.assignmentId == visit.assignmentId }
                let came = known.map {
                    arrival(at: visit, after: $0 == 0 ? nil : old[$0 - 1], in: shift, person, calling: booked)
                }
                latest = max(latest, came ?? latest) + 60
            }
            note(
                arrival(at: visit, after: previous, in: shift, person, calling: calls) > latest,
                "begins before he can be there", visit)
            if changed.contains(visit.assignmentId) { check(visit, in: shift, of: person, old, new) }
        }
        for day in person.shifts?.days(in: horizon) ?? [] {
            let (had, has) = (old.count { $0.span.overlaps(day) }, new.count { $0.span.overlaps(day) })
            note(has > max(had, person.visitsPerDay), "is more than he makes in a day", new.last)
        }
    }

    /// When he is there, who leaves for it as soon as he can: from what he has before in that shift, or from home.
    private func arrival(
        at visit: BranchDay.Visit, after previous: BranchDay.Visit?, in shift: Span, _ person: Roster.Member,
        calling calls: Set<UUID>
    ) -> Int {
        var (place, leaves) = (person.base, max(shift.start, before.now))
        if let previous, previous.span.end > shift.start {
            (place, leaves) = (previous.site, max(previous.span.end, before.now))
        }
        if let depot = person.depot, calls.contains(visit.assignmentId) {
            leaves += Int(before.travel.seconds(from: place, to: depot, leaving: leaves)) + DayPlanning.fetchSeconds
            place = depot
        }
        return leaves + Int(before.travel.seconds(from: place, to: visit.site, leaving: leaves))
    }

    /// Whether it leaves him his evening and his breaks.
    private mutating func check(
        _ visit: BranchDay.Visit, in shift: Span, of person: Roster.Member, _ old: [BranchDay.Visit],
        _ new: [BranchDay.Visit]
    ) {
        // What was agreed on for the evening is his already.
        let wasOutside = old.contains { known in
            known.assignmentId == visit.assignmentId
                && !shifts(of: visit.engineerId).contains { $0.contains(known.span) }
        }
        note(!wasOutside && visit.span.end > shift.end, "ends after the shift", visit)
        for pause in person.shifts?.breaks(in: shift) ?? [] where pause.start > max(shift.start, before.now) {
            let isLost = new.contains { !changed.contains($0.assignmentId) && $0.span.overlaps(pause) }
            note(!isLost && visit.span.overlaps(pause), "lies over a break", visit)
        }
    }

    private func visits(of engineer: UUID, in visits: [BranchDay.Visit]) -> [BranchDay.Visit] {
        visits.filter { $0.engineerId == engineer }.sorted { $0.span.start < $1.span.start }
    }

    private var horizon: Span { Span(start: before.now, end: before.now + DayPlanning.horizonSeconds) }

    /// Of each shift in which he has something to fetch, the visits before which he can call at his depot: the first that he
    /// has to fetch something for, and those before that one, backwards.
    private func calls(_ visits: [BranchDay.Visit], _ member: Int) -> [[UUID]] {
        let person = rules.roster.members[member]
        guard person.depot != nil else { return [] }
        return shifts(of: person.id).compactMap { shift in
            let inShift = visits.filter { shift.contains($0.span.start) }
            let duty = dutyShifts[person.id]?.first { $0.span == shift }
            let first = inShift.firstIndex { visit in
                let booked = before.visits.first { $0.assignmentId == visit.assignmentId } ?? visit
                return !before.isSoon(visit) && visit.missing(person.id) > 0
                    && !(duty?.isSeenTo(booked, now: before.now) ?? false)
            }
            return first.map { inShift.prefix($0 + 1).map(\.assignmentId).reversed() }
        }
    }

    /// One call of each shift, in every way, the latest first.
    private func choices(of calls: [[UUID]]) -> [Set<UUID>] {
        calls.reduce([[]]) { choices, shift in choices.flatMap { choice in shift.map { choice.union([$0]) } } }
    }

    private func shifts(of engineer: UUID) -> [Span] {
        rules.roster.position(of: engineer).flatMap { rules.roster.members[$0].shifts?.spans(in: horizon) } ?? []
    }

    private mutating func note(_ isBroken: Bool, _ fault: String, _ visit: BranchDay.Visit?) {
        guard isBroken, let visit else { return }
        faults.append("visit \(visit.assignmentId) \(fault)")
    }
}

/// What a plan breaks, in words: a fault of the program.
public struct BrokenDayPlan: Error, CustomStringConvertible, Equatable {
    public let description: String

    init(_ description: String) { self.description = description }
}
