import DomainContracts
import Foundation
import ServiceKit

/// What is said about a request, whether a work order comes of it or not. It is told under the id that the work order has, or
/// will have.
struct NoteOfRequest<E: RequestEvent>: EventHandler {
    func decide(_ event: E, _ turn: inout Turn) -> EventOutcome {
        let story = turn.envelope.partitionkey.flatMap { UUID(uuidString: $0) }
        var line = StoryLine(E.self, event.line, turn.envelope, workOrderId: story)
        if let story, turn.look(at: OrderView.self, story)?.isForgotten == true { line.forget() }
        turn.append(StoryLineRow(line, turn.envelope, contactId: event.contact))
        return .applied
    }
}
