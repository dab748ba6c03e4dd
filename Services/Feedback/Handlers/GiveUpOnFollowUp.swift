import DomainContracts
import Foundation
import ServiceKit

/// Nobody answered and nobody called in time: the follow-up ends, so that the order does not wait for ever.
struct GiveUpOnFollowUp: TimerHandler {
    static let kind = "follow-up-deadline"

    func keys(_ timer: FiredTimer, _ keys: inout Keys) { keys.need(FollowUp.self, timer.id) }

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        guard var followUp = turn.get(FollowUp.self, timer.id), followUp.deadline <= turn.now,
            followUp.expire(at: turn.now)
        else { return }
        turn.set(followUp, timer.id)
        turn.emit(
            FollowUpCompleted(
                followUpId: timer.id, workOrderId: followUp.workOrderId, result: .deadline, completedAt: turn.now),
            about: FollowUp.self, timer.id, story: followUp.workOrderId)
    }
}
