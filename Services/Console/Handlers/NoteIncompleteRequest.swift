import DomainContracts
import Foundation
import ServiceKit

/// A report that lacks something is a contact, whether a work order comes of it or not. It is told under the id that the work
/// order will have.
struct NoteIncompleteRequest: EventHandler {
    func decide(_ event: RequestIncomplete, _ turn: inout Turn) -> EventOutcome {
        let line = StoryLine(
            RequestIncomplete.self, event.line, turn.envelope,
            workOrderId: turn.envelope.partitionkey.flatMap { UUID(uuidString: $0) })
        turn.append(StoryLineRow(line, turn.envelope, contactId: event.contactId))
        return .applied
    }
}
