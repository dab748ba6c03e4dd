import DomainContracts
import Foundation
import ServiceKit

/// A time is agreed, or moved; the newest booking counts. It makes the visit when it overtakes the acceptance.
struct ScheduleBookedVisit: EventHandler {
    func keys(_ event: AssignmentBooked, _ keys: inout Keys) {
        keys.need(Visit.self, event.assignmentId)
        keys.need(OrderBrief.self, event.workOrderId)
        keys.need(WithdrawnAssignment.self, event.assignmentId)
    }

    func decide(_ event: AssignmentBooked, _ turn: inout Turn) -> EventOutcome {
        let sequence = turn.envelope.sequence.flatMap { Int($0) } ?? 0
        switch turn.plannedVisit(
            event.assignmentId, workOrder: event.workOrderId, number: event.workOrderNumber,
            engineer: event.engineerId, round: event.round)
        {
        case .unknownOrder: return .notYet(waitingFor: "work-order/\(event.workOrderId.text)")
        case .calledOff: return .applied
        case .visit(var visit):
            guard visit.book(event, sequence: sequence) else { return .applied }
            turn.set(visit, event.assignmentId)
            turn.note("visit-scheduled", about: Visit.self, event.assignmentId)
            turn.schedule(MissVisit.self, for: event.assignmentId, at: event.window.end)
            return .applied
        }
    }
}
