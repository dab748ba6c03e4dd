import DomainContracts
import Foundation
import ServiceKit

/// A request is settled without a work order: whoever asked is told the answer.
struct TellAnswer: EventHandler {
    func keys(_ event: RequestAnswered, _ keys: inout Keys) { keys.need(Contact.self, event.contactId) }

    func decide(_ event: RequestAnswered, _ turn: inout Turn) -> EventOutcome {
        guard let contact = turn.get(Contact.self, event.contactId) else {
            return .notYet(waitingFor: Contact.subject(event.contactId))
        }
        turn.notify(
            contact, UUID(derivedFrom: DerivedNames.notification(.requestAnswered), in: event.requestId),
            News(
                template: .requestAnswered,
                parameters: ["requestNumber": event.requestNumber, "answer": event.answer]))
        return .applied
    }
}
