import DomainContracts
import Foundation
import ServiceKit

/// The adapter did not say what became of a notification: that is noted, so that it can be seen.
struct GiveUpOnConfirmation: TimerHandler {
    static let kind = "delivery-deadline"

    func keys(_ timer: FiredTimer, _ keys: inout Keys) { keys.need(Notification.self, timer.id) }

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        guard var notification = turn.get(Notification.self, timer.id), notification.take(.lapse, at: turn.now) else {
            return
        }
        turn.set(notification, timer.id)
        turn.tell(notification, timer.id)
        turn.note("delivery-unconfirmed", about: Notification.self, timer.id)
    }
}
