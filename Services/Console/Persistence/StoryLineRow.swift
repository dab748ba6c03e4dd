import DomainContracts
import Foundation
import ServiceKit

/// A line of a story, once for each event.
struct StoryLineRow: FactRow {
    static let table = "story_line"
    static let columns = ["source", "message_id", "work_order_id", "contact_id", "at", "is_contact", "line"]
    static let mayRepeat = true

    let source: String
    let messageId: String
    let workOrderId: UUID?
    /// Of what was said before there was a work order, or began one.
    let contactId: UUID?
    let at: Date
    let isContact: Bool
    let line: String

    init(_ line: StoryLine, _ envelope: Envelope, contactId: UUID? = nil) {
        source = envelope.source
        messageId = envelope.id
        workOrderId = line.workOrderId
        self.contactId = contactId
        at = line.at
        isContact = line.direction != nil
        self.line = (try? WireJSON.canonicalEncoder().encode(line)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
