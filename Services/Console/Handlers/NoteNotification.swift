import DomainContracts
import Foundation
import ServiceKit

/// What somebody was told, and whether it reached him.
struct NoteNotification: EventHandler {
    func decide(_ event: NotificationChanged, _ turn: inout Turn) -> EventOutcome {
        let story = event.workOrderId ?? turn.envelope.partitionkey.flatMap { UUID(uuidString: $0) }
        var line = StoryLine(NotificationChanged.self, event.line, turn.envelope, workOrderId: story)
        // Words come with those that failed alone.
        if line.text != nil, let story, turn.look(at: OrderView.self, story)?.isForgotten == true { line.forget() }
        turn.append(StoryLineRow(line, turn.envelope))
        return .applied
    }
}
