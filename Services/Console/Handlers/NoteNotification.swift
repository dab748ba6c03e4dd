import DomainContracts
import Foundation
import ServiceKit

/// What somebody was told, and whether it reached him.
struct NoteNotification: EventHandler {
    func decide(_ event: NotificationChanged, _ turn: inout Turn) -> EventOutcome {
        let line = StoryLine(NotificationChanged.self, event.line, turn.envelope, workOrderId: event.workOrderId)
        turn.append(StoryLineRow(line, turn.envelope))
        return .applied
    }
}
