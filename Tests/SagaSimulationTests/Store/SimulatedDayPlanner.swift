import Dispatching
import DomainContracts
import Foundation

@testable import DispatchService
@testable import ServiceKit

/// The twin of dispatch's day planner: what a plan would do to one visit is left to the dice, how it is carried out is the
/// product's own. It may be carried out a while after it was thought of, when much has happened.
struct SimulatedDayPlanner {
    let service: SimulatedService

    /// A visit is moved within what was promised, with all who help, handed over, or another helps; nil when none can be.
    func think(_ dice: inout Dice, now: Date) throws -> DraftPlan? {
        let reading = try read(now: now)
        let frozen = now.epoch + DayPlanning.frozenSeconds
        let free = reading.day.visits.filter { visit in
            visit.freedom.map { $0.arrivals.latest > frozen } ?? false
                && (visit.helps == nil || visit.span.start >= frozen)
        }
        guard let visit = dice.pick(free), let freedom = visit.freedom else { return nil }
        let others = reading.day.engineers.filter { $0 != visit.engineerId }
        let goesToAnother = !freedom.staysWithHim && (visit.helps != nil || dice.chance(500))
        let target = goesToAnother ? dice.pick(others) ?? visit.engineerId : visit.engineerId
        let start = dice.number(max(freedom.arrivals.earliest, frozen)..<freedom.arrivals.latest + 1)
        let span =
            visit.helps == nil ? Span(start: start, end: start + visit.span.end - visit.span.start) : visit.span
        let together = reading.day.visits.filter { visit.helpers.contains($0.assignmentId) }
        let changes =
            [change(visit, to: target, span)] + together.map { change($0, to: $0.engineerId, span) }
        var planner = BranchPlanner(reading.rules)
        return DraftPlan(
            reading, DayPlan(changes: changes, visits: 1, travelBefore: 900, travelAfter: 600), by: &planner,
            ids: service.ids)
    }

    private func change(_ visit: BranchDay.Visit, to engineer: UUID, _ span: Dispatching.Span) -> DayPlan.Change {
        DayPlan.Change(
            assignmentId: visit.assignmentId, from: visit.engineerId, to: engineer, span: span, travelMinutes: 10,
            helps: visit.helps)
    }

    /// One step of the worker.
    func step(_ draft: DraftPlan, now: Date) throws -> Transaction {
        var transaction = Transaction(state: BatchState(service: .dispatch, ids: service.ids))
        service.supply(draft.keys, &transaction.state)
        try transaction.state.workerTurn(now: now, story: nil) { turn in turn.carryOut(draft) }
        return transaction
    }

    /// What the planner reads by SQL.
    private func read(now: Date) throws -> BranchReading {
        let engineers = service.all(Engineer.self)
        let calendars = Dictionary(
            uniqueKeysWithValues: engineers.map {
                ($0.id, service.value(EngineerCalendar.self, $0.id) ?? EngineerCalendar())
            })
        let entries = engineers.flatMap { calendars[$0.id]?.entries ?? [] }
        let rules = CompiledRules(
            try SimulatedRules.ruleSet(), Roster(engineers.map { $0.value.person($0.id, at: now) }))
        let jobs = entries.reduce(into: [UUID: (assignment: Assignment, job: Job)]()) {
            $0[$1.assignmentId] = accepted($1)
        }
        let visits = BranchReading.visits(calendars, jobs, rules).sorted { $0.assignmentId.text < $1.assignmentId.text }
        return BranchReading(
            branch: "", rules: rules,
            day: BranchDay(now: now.epoch, engineers: engineers.map(\.id), visits: visits, travel: .estimate),
            calendarVersions: Dictionary(uniqueKeysWithValues: engineers.map { ($0.id, version(of: $0.id)) }),
            workOrders: Dictionary(entries.map { ($0.assignmentId, $0.workOrderId) }) { first, _ in first })
    }

    private func accepted(_ entry: CalendarEntry) -> (assignment: Assignment, job: Job)? {
        guard let assignment = service.value(Assignment.self, entry.assignmentId), assignment.status == .accepted,
            let job = service.value(Job.self, entry.workOrderId), job.status == .accepted
        else { return nil }
        return (assignment, job)
    }

    private func version(of engineer: UUID) -> Int {
        service.stored[AggregateKey(EngineerCalendar.self, engineer)]?.version ?? 0
    }
}
