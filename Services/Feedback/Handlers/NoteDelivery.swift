import DomainContracts
import Foundation
import ServiceKit

/// The channel's adapter says what became of a notification.
struct NoteDelivery: CommandHandler {
    func keys(_ command: ConfirmDelivery, _ keys: inout Keys) {
        keys.need(Notification.self, command.notificationId)
    }

    func decide(_ command: ConfirmDelivery, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        let act: NotificationAct =
            switch command.status {
            case .delivered: .deliver
            case .failed: .fail
            default: throw .invalid("/data/status", "unknown", "must be delivered or failed")
            }
        guard var notification = turn.get(Notification.self, command.notificationId) else {
            throw .notFound("/data/notificationId", "notification")
        }
        guard Self.speaksFor(notification.channel, turn) else {
            throw .forbidden("Another channel's adapter delivers this", pointer: "/data/notificationId")
        }
        let at = turn.occurred(command.occurredAt, notBefore: notification.requestedAt)
        if notification.take(act, at: at, detail: command.detail) {
            turn.set(notification, command.notificationId)
            turn.tell(notification, command.notificationId)
            turn.note("delivery-\(command.status.rawValue)", about: Notification.self, command.notificationId)
            turn.cancel(GiveUpOnConfirmation.self, for: command.notificationId)
        } else if notification.status.rawValue != command.status.rawValue {
            throw .conflict("notification-delivered", "The notification was delivered already")
        }
        return Acknowledgement(
            subject: Notification.subject(command.notificationId),
            version: turn.version(Notification.self, command.notificationId), status: notification.status.rawValue)
    }

    /// The routing key's last word is the channel's own; without one, our own people and programs speak.
    private static func speaksFor(_ channel: String, _ turn: Turn) -> Bool {
        if let speaking = turn.channel { return speaking == channel }
        return turn.envelope.authtype == "user" || turn.envelope.authtype == "service"
    }
}
