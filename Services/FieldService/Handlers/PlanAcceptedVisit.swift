import DomainContracts
import Foundation
import ServiceKit

/// An engineer took the job: there will be a visit, at a time to be agreed.
struct PlanAcceptedVisit: EventHandler {
    func keys(_ event: AssignmentAccepted, _ keys: inout Keys) {
        keys.need(Visit.self, event.assignmentId)
        keys.need(OrderBrief.self, event.workOrderId)
        keys.need(WithdrawnAssignment.self, event.assignmentId)
    }

    func decide(_ event: AssignmentAccepted, _ turn: inout Turn) -> EventOutcome {
        guard turn.get(Visit.self, event.assignmentId) == nil else { return .applied }
        switch turn.plannedVisit(
            event.assignmentId, workOrder: event.workOrderId, number: event.workOrderNumber,
            engineer: event.engineerId, round: event.round)
        {
        case .unknownOrder: return .notYet(waitingFor: "work-order/\(event.workOrderId.text)")
        case .calledOff: return .applied
        case .visit(let visit):
            turn.set(visit, event.assignmentId)
            turn.note("visit-planned", about: Visit.self, event.assignmentId)
            return .applied
        }
    }
}
