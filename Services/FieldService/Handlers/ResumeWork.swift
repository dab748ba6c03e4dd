import DomainContracts
import Foundation
import ServiceKit

/// Work goes on, unless an estimate still waits for its answer.
struct ResumeWork: CommandHandler {
    func keys(_ command: ResumeVisit, _ keys: inout Keys) { keys.need(Visit.self, command.visitId) }

    func decide(_ command: ResumeVisit, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        var visit = try turn.visit(command.visitId, of: command.engineerId)
        let at = turn.occurred(command.occurredAt, notBefore: visit.lastStepAt)
        let by = turn.actor
        try Refusal.mapping { () throws(VisitRefusal) in try visit.resume(at: at, by: by) }
        let answer = turn.keep(visit)
        turn.emit(
            VisitResumed(
                visitId: visit.visitId, workOrderId: visit.workOrderId, engineerId: visit.engineerId, resumedAt: at),
            about: Visit.self, visit.visitId, story: visit.workOrderId)
        return answer
    }
}
