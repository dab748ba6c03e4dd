import Dispatching
import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// Tells the supervisor, once for each window, that an engineer will be late by what was promised and that no plan helps.
    mutating func tellRisk(of id: UUID) {
        guard var assignment = get(Assignment.self, id), assignment.status == .accepted, !assignment.hasBegun,
            let window = assignment.window, assignment.riskToldFor != window
        else { return }
        assignment.riskToldFor = window
        set(assignment, id)
        note("promise-at-risk", about: Assignment.self, id)
        escalate(
            assignment.workOrderId, assignment.workOrderNumber, engineerId: assignment.engineerId,
            CodedReason(
                code: "promise_at_risk",
                parameters: [
                    "assignmentId": id.text, "windowStart": RFC3339.format(window.start),
                    "windowEnd": RFC3339.format(window.end),
                ]))
    }

    /// Carries a plan out whole, or not at all: where a calendar, or what is to be moved in it, has changed since.
    @discardableResult
    mutating func carryOut(_ draft: DraftPlan) -> Bool {
        guard stillHolds(draft), hasRoom(for: draft) else { return false }
        let (handOvers, exchanges) = (draft.changes.filter(\.isHandOver), draft.changes.filter(\.isExchange))
        // Room is made before it is taken.
        for change in handOvers { takeBack(change) }
        for change in exchanges { freeTime(of: change.plan.from, for: change.plan.assignmentId, from: now) }
        let moves = Dictionary(grouping: draft.changes.filter { !$0.plan.isHandOver }, by: \.plan.to)
        for (engineerId, changes) in moves { move(changes, of: engineerId) }
        for id in Set(exchanges.map(\.assignmentId)).sorted(by: { $0.text < $1.text }) {
            exchangeHelpers(exchanges.filter { $0.assignmentId == id }, of: id)
        }
        for change in handOvers { change.offer.map { offer(change.workOrderId, $0, draft) } }
        if let newcomer = draft.newcomer { offer(newcomer.workOrderId, newcomer.offer, draft) }
        return true
    }

    private mutating func stillHolds(_ draft: DraftPlan) -> Bool {
        for (engineerId, version) in draft.calendarVersions
        where self.version(EngineerCalendar.self, engineerId) != version { return false }
        let soonest = now.epoch + DayPlanning.frozenSeconds * 3 / 4
        for change in draft.changes {
            // Thinking took its time as well: whoever is to answer must have some left.
            guard change.plan.span.start >= soonest, let assignment = get(Assignment.self, change.assignmentId),
                assignment.status == .accepted, assignment.isFree, stillHolds(change, for: assignment, in: draft),
                let job = get(Job.self, change.workOrderId), job.status == .accepted,
                job.activeAssignmentId == change.assignmentId, job.need != nil
            else { return false }
        }
        guard let newcomer = draft.newcomer else { return true }
        return get(Job.self, newcomer.workOrderId)?.status == .open
    }

    /// Whether the same people go still: all of them move, or nobody does.
    private func stillHolds(
        _ change: DraftPlan.Change, for assignment: Assignment, in draft: DraftPlan
    ) -> Bool {
        let helpers = Set((assignment.helpers ?? []).map(\.bookingId))
        if change.plan.helps != nil {
            return helpers.contains(change.plan.assignmentId)
                && (!change.isExchange || assignment.isByTheRules(change.plan.from))
        }
        return helpers == Set(draft.changes.filter { $0.plan.helps == change.assignmentId }.map(\.plan.assignmentId))
    }

    /// Whether all calendars are right after all changes together.
    private mutating func hasRoom(for draft: DraftPlan) -> Bool {
        var spans: [UUID: [Span]] = [:]
        let changed = Dictionary(uniqueKeysWithValues: draft.changes.map { ($0.plan.assignmentId, $0) })
        for engineerId in draft.calendarVersions.keys {
            let entries = get(EngineerCalendar.self, engineerId)?.entries ?? []
            spans[engineerId] = entries.filter { changed[$0.assignmentId] == nil }.map(\.span)
        }
        for change in draft.changes { spans[change.plan.to, default: []].append(change.plan.span) }
        if let newcomer = draft.newcomer { spans[newcomer.offer.engineerId, default: []].append(newcomer.span) }
        return spans.values.allSatisfy { spans in
            let sorted = spans.sorted { $0.start < $1.start }
            return zip(sorted, sorted.dropFirst()).allSatisfy { $0.end <= $1.start }
        }
    }

    /// Takes a visit from the engineer who had it.
    private mutating func takeBack(_ change: DraftPlan.Change) {
        guard let assignment = get(Assignment.self, change.plan.assignmentId),
            var job = get(Job.self, change.workOrderId), let need = job.need
        else { return }
        withdraw(change.plan.assignmentId, because: .reassigned)
        // Whoever goes in the end keeps what was promised, if anybody can.
        job.keepPromise(of: assignment)
        let tried = job.tried
        job.open(for: need, now: now)
        job.tried = tried
        set(job, change.workOrderId)
        note("handed-over", about: Job.self, change.workOrderId)
    }

    /// Moves visits of one engineer within what was promised, all at once, and tells him what is worth telling.
    private mutating func move(_ changes: [DraftPlan.Change], of engineerId: UUID) {
        guard var calendar = get(EngineerCalendar.self, engineerId) else { return }
        calendar.move(Dictionary(uniqueKeysWithValues: changes.map { ($0.plan.assignmentId, $0.plan.span) }))
        set(calendar, engineerId)
        for change in changes {
            let id = change.plan.assignmentId
            guard let entry = calendar.entry(of: id) else { continue }
            set(Booking(entry, of: engineerId), id)
            // Who helps hears of the visit what there is to hear.
            guard change.plan.helps == nil, var assignment = get(Assignment.self, id) else { continue }
            assignment.travelMinutes = change.plan.travelMinutes
            let isNews = DayPlanning.isWorthTelling(entry.span.start - assignment.toldStart.epoch)
            if isNews { assignment.planned = entry.span.window }
            set(assignment, id)
            if isNews { tellPlan(assignment, id) } else { note("day-planned", about: Assignment.self, id) }
        }
    }

    /// Others help from now on. The time of those before is free already.
    private mutating func exchangeHelpers(_ changes: [DraftPlan.Change], of id: UUID) {
        guard var assignment = get(Assignment.self, id), let crew = assignment.explanation.crew,
            let first = changes.first
        else { return }
        for change in changes { assignment.lose(AssignmentHelper(change.plan.from, for: id)) }
        for change in changes {
            let helper = AssignmentHelper(change.plan.to, for: id)
            guard let booked = get(Booking.self, change.plan.assignmentId) else { continue }
            let entry = CalendarEntry(
                assignmentId: helper.bookingId, workOrderId: change.workOrderId, span: change.plan.span,
                place: booked.place, helps: id)
            guard book(entry, of: change.plan.to) else { continue }
            let score = change.helper.map { [$0] } ?? []
            assignment.take(
                [helper], because: CrewExplanation(rule: crew.rule, wanted: crew.wanted, helpers: score))
        }
        set(assignment, id)
        tellCrew(assignment, id, booked: first.plan.span)
    }

    private mutating func offer(_ workOrderId: UUID, _ offer: DraftPlan.Offer, _ draft: DraftPlan) {
        guard case .offer(let choice) = offer.decision.outcome,
            self.offer(workOrderId, to: choice, as: offer.assignmentId)
        else { return }
        record(
            DispatchRound.Verdict(workOrderId: workOrderId, decision: offer.decision), as: offer.assignmentId,
            by: draft.roster.ids, RosterSnapshot.id(of: draft.roster.ids))
    }
}
