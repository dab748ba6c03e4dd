import DomainContracts
import Foundation
import ServiceKit

/// Keeps how a person is reached.
struct KeepContact: EventHandler {
    func keys(_ event: ContactChanged, _ keys: inout Keys) { keys.need(Contact.self, event.contactId) }

    func decide(_ event: ContactChanged, _ turn: inout Turn) -> EventOutcome {
        let sequence = turn.envelope.sequenceNumber
        if let known = turn.get(Contact.self, event.contactId), known.sequence >= sequence { return .applied }
        turn.set(Contact(event, sequence: sequence), event.contactId)
        turn.note("contact-changed", about: Contact.self, event.contactId)
        return .applied
    }
}
