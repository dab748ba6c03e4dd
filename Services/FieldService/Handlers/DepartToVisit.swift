import DomainContracts
import Foundation
import ServiceKit

/// The engineer sets out.
struct DepartToVisit: CommandHandler {
    func keys(_ command: DepartForVisit, _ keys: inout Keys) { keys.need(Visit.self, command.visitId) }

    func decide(_ command: DepartForVisit, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        if let invalid = Refusal.invalid(Checks.position(command.position)) { throw invalid }
        var visit = try turn.visit(command.visitId, of: command.engineerId)
        let at = turn.occurred(command.occurredAt, notBefore: visit.lastStepAt)
        let by = turn.actor
        try Refusal.mapping { () throws(VisitRefusal) in
            try visit.depart(at: at, by: by, place: command.position)
        }
        let answer = turn.keep(visit)
        if let window = visit.window {
            turn.emit(
                VisitDeparted(
                    visitId: visit.visitId, workOrderId: visit.workOrderId, engineerId: visit.engineerId,
                    departedAt: at, window: window),
                about: Visit.self, visit.visitId, story: visit.workOrderId)
        }
        return answer
    }
}
