import DomainContracts
import Foundation
import ServiceKit

/// The engineer's day was planned anew: when within the window he is to be there. What was promised stays as it is.
struct FollowDayPlan: EventHandler {
    func keys(_ event: AssignmentPlanned, _ keys: inout Keys) {
        keys.need(Visit.self, event.assignmentId)
        keys.need(OrderBrief.self, event.workOrderId)
        keys.need(WithdrawnAssignment.self, event.assignmentId)
    }

    func decide(_ event: AssignmentPlanned, _ turn: inout Turn) -> EventOutcome {
        let sequence = turn.envelope.sequence.flatMap { Int($0) } ?? 0
        switch turn.plannedVisit(
            event.assignmentId, workOrder: event.workOrderId, number: event.workOrderNumber,
            engineer: event.engineerId, round: event.round)
        {
        case .unknownOrder: return .notYet(waitingFor: "work-order/\(event.workOrderId.text)")
        case .calledOff: return .applied
        case .visit(var visit):
            guard visit.plan(event.planned, sequence: sequence) else { return .applied }
            turn.set(visit, event.assignmentId)
            turn.note("day-planned", about: Visit.self, event.assignmentId)
            return .applied
        }
    }
}
