import DomainContracts
import Foundation
import ServiceKit

/// A request lacks something: its sender is asked, and asked again when he is to be reminded. One without a contact is an agent's.
struct AskForWhatIsMissing: EventHandler {
    func keys(_ event: RequestIncomplete, _ keys: inout Keys) {
        keys.need(Contact.self, event.contactId)
    }

    func decide(_ event: RequestIncomplete, _ turn: inout Turn) -> EventOutcome {
        guard let contactId = event.contactId else { return .applied }
        guard let contact = turn.get(Contact.self, contactId) else {
            return .notYet(waitingFor: Contact.subject(contactId))
        }
        let missing = event.missing.sorted().joined(separator: " ")
        let occasion = event.remindedAt.map { "\(missing) \(DomainContracts.RFC3339.format($0))" } ?? missing
        turn.notify(
            contact, UUID(derivedFrom: DerivedNames.notification(.requestIncomplete, occasion), in: event.requestId),
            News(
                template: .requestIncomplete,
                parameters: ["requestNumber": event.requestNumber, "missing": missing]))
        return .applied
    }
}
