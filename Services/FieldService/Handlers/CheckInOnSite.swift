import DomainContracts
import Foundation
import ServiceKit

/// The engineer is there. Whether the visit was missed before is decided by whichever of the two commits first.
struct CheckInOnSite: CommandHandler {
    func keys(_ command: CheckIn, _ keys: inout Keys) { keys.need(Visit.self, command.visitId) }

    func decide(_ command: CheckIn, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        if let invalid = Refusal.invalid(Checks.position(command.position)) { throw invalid }
        var visit = try turn.visit(command.visitId, of: command.engineerId)
        let at = turn.occurred(command.occurredAt, notBefore: visit.lastStepAt)
        let by = turn.actor
        try Refusal.mapping { () throws(VisitRefusal) in
            try visit.checkIn(at: at, by: by, place: command.position)
        }
        let answer = turn.keep(visit)
        turn.cancel(MissVisit.self, for: visit.visitId)
        if let window = visit.window {
            turn.emit(
                VisitCheckedIn(
                    visitId: visit.visitId, workOrderId: visit.workOrderId, engineerId: visit.engineerId,
                    checkedInAt: at, window: window, originalWindow: visit.originalWindow ?? window,
                    position: command.position),
                about: Visit.self, visit.visitId, story: visit.workOrderId)
        }
        return answer
    }
}
