import DomainContracts
import Foundation
import ServiceKit

/// The customer did not answer within a day: an agent should call.
struct MakeFollowUpDue: TimerHandler {
    static let kind = "follow-up-due"

    func keys(_ timer: FiredTimer, _ keys: inout Keys) { keys.need(FollowUp.self, timer.id) }

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        guard var followUp = turn.get(FollowUp.self, timer.id), followUp.dueAt <= turn.now, followUp.fallDue() else {
            return
        }
        turn.set(followUp, timer.id)
        turn.schedule(GiveUpOnFollowUp.self, for: timer.id, at: followUp.deadline)
        turn.emit(
            FollowUpDue(
                followUpId: timer.id, workOrderId: followUp.workOrderId, workOrderNumber: followUp.workOrderNumber,
                dueAt: followUp.dueAt, deadline: followUp.deadline),
            about: FollowUp.self, timer.id, story: followUp.workOrderId)
    }
}
