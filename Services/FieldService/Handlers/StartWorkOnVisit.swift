import DomainContracts
import Foundation
import ServiceKit

/// Work begins.
struct StartWorkOnVisit: CommandHandler {
    func keys(_ command: StartWork, _ keys: inout Keys) { keys.need(Visit.self, command.visitId) }

    func decide(_ command: StartWork, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        var visit = try turn.visit(command.visitId, of: command.engineerId)
        let at = turn.occurred(command.occurredAt, notBefore: visit.lastStepAt)
        let by = turn.actor
        try Refusal.mapping { () throws(VisitRefusal) in try visit.start(at: at, by: by) }
        let answer = turn.keep(visit)
        turn.emit(
            VisitStarted(
                visitId: visit.visitId, workOrderId: visit.workOrderId, engineerId: visit.engineerId, startedAt: at),
            about: Visit.self, visit.visitId, story: visit.workOrderId)
        return answer
    }
}
