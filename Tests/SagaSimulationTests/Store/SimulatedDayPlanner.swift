import Dispatching
import DomainContracts
import Foundation

@testable import DispatchService
@testable import ServiceKit

/// The twin of dispatch's day planner: what a plan would do to one visit is left to the dice, how it is carried out is the
/// product's own. It may be carried out a while after it was thought of, when much has happened.
struct SimulatedDayPlanner {
    let service: SimulatedService

    /// A visit is moved within what was promised, or handed over; nil when none can be.
    func think(_ dice: inout Dice, now: Date) throws -> DraftPlan? {
        let reading = try read(now: now)
        let free = reading.day.visits.filter {
            $0.freedom.map { $0.arrivals.latest > now.epoch + DayPlanning.frozenSeconds } ?? false
        }
        guard let visit = dice.pick(free), let arrivals = visit.freedom?.arrivals else { return nil }
        let others = reading.day.engineers.filter { $0 != visit.engineerId }
        let target = dice.chance(500) ? visit.engineerId : dice.pick(others) ?? visit.engineerId
        let earliest = max(arrivals.earliest, now.epoch + DayPlanning.frozenSeconds)
        let start = dice.number(earliest..<arrivals.latest + 1)
        let change = DayPlan.Change(
            assignmentId: visit.assignmentId, from: visit.engineerId, to: target,
            span: Span(start: start, end: start + visit.span.end - visit.span.start), travelMinutes: 10)
        var planner = BranchPlanner(reading.rules)
        return DraftPlan(
            reading, DayPlan(changes: [change], visits: 1, travelBefore: 900, travelAfter: 600), by: &planner,
            ids: service.ids)
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
        var workOrders: [UUID: UUID] = [:]
        var visits: [BranchDay.Visit] = []
        for (engineer, _) in engineers {
            for entry in service.value(EngineerCalendar.self, engineer)?.entries ?? [] {
                workOrders[entry.assignmentId] = entry.workOrderId
                visits.append(entry.visit(of: engineer, accepted(entry)))
            }
        }
        return BranchReading(
            branch: "",
            rules: CompiledRules(
                try SimulatedRules.ruleSet(), Roster(engineers.map { $0.value.person($0.id, at: now) })),
            day: BranchDay(now: now.epoch, engineers: engineers.map(\.id), visits: visits, travel: .estimate),
            calendarVersions: Dictionary(uniqueKeysWithValues: engineers.map { ($0.id, version(of: $0.id)) }),
            workOrders: workOrders)
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
