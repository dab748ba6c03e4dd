import DomainContracts
import Foundation
import ServiceKit

/// Work stops for a while.
struct PauseWork: CommandHandler {
    func keys(_ command: PauseVisit, _ keys: inout Keys) { keys.need(Visit.self, command.visitId) }

    func decide(_ command: PauseVisit, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        if let invalid = Refusal.invalid(Checks.present(command.reason, "/data/reason")) { throw invalid }
        var visit = try turn.visit(command.visitId, of: command.engineerId)
        let at = turn.occurred(command.occurredAt, notBefore: visit.lastStepAt)
        let by = turn.actor
        try Refusal.mapping { () throws(VisitRefusal) in
            try visit.pause(at: at, by: by, reason: command.reason)
        }
        let answer = turn.keep(visit)
        turn.emit(
            VisitPaused(
                visitId: visit.visitId, workOrderId: visit.workOrderId, engineerId: visit.engineerId,
                reason: command.reason, pausedAt: at),
            about: Visit.self, visit.visitId, story: visit.workOrderId)
        return answer
    }
}
