import Dispatching
import DomainContracts
import Foundation

@testable import DispatchService
@testable import ServiceKit

/// The twin of dispatch's crew finder: what it reads by SQL is read from memory.
struct SimulatedCrewFinder {
    let service: SimulatedService

    /// One step of the worker; nil when there is nothing to do.
    func step(now: Date) throws -> Transaction? {
        let gaps = gaps(now: now)
        if gaps.isEmpty { return nil }
        let roster = Roster(service.all(Engineer.self).map { $0.value.person($0.id, at: now) })
        var decider = Decider(CompiledRules(try SimulatedRules.ruleSet(), roster))
        var board = Board(
            roster, range: Board.range(for: gaps.compactMap(\.request), now: now.epoch), travel: .estimate)
        for booking in service.all(Booking.self).map(\.value) where booking.live {
            guard let member = roster.position(of: booking.engineerId) else { continue }
            board.enter(Timeline.Stop(span: booking.span, point: TravelPoint(booking.place)), of: member)
        }
        let found = gaps.map { ($0, $0.fill(by: &decider, on: &board, now: now.epoch)) }
        var transaction = Transaction(state: BatchState(service: .dispatch, ids: service.ids))
        service.supply(CrewFinder.keys(for: found), &transaction.state)
        for (gap, crew) in found {
            try transaction.state.workerTurn(now: now, story: gap.assignment.workOrderId) { turn in
                turn.fill(gap, with: crew)
            }
        }
        return transaction
    }

    private func gaps(now: Date) -> [CrewGap] {
        service.all(Assignment.self).compactMap { id, assignment in
            guard assignment.helpersMissing ?? 0 > 0, assignment.status.isLive,
                assignment.helpersSoughtAfter ?? .distantPast <= now,
                let booking = service.value(Booking.self, id), booking.span.start > now.epoch,
                let job = service.value(Job.self, assignment.workOrderId)
            else { return nil }
            return CrewGap(assignmentId: id, assignment: assignment, job: job, span: booking.span)
        }
    }
}

/// The standard rules, and a crew for some orders.
enum SimulatedRules {
    static func ruleSet() throws -> RuleSet {
        var document = RuleSet.standardDocument
        document.crew = [
            CrewDispatchRule(
                rule: "two_when_urgent",
                when: .object(["==": .array([.object(["var": .string("workOrder.priority")]), .string("p2")])]),
                engineers: 2)
        ]
        return try RuleSet(document, version: RuleSet.standardVersion)
    }
}
