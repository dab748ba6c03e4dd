import DomainContracts
import Foundation
import ServiceKit

/// Makes somebody known whom one meets or calls at a customer's, or corrects what is known of him.
struct RegisterAContact: CommandHandler {
    func decide(_ command: RegisterContact, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        let (sent, errors) = command.checked()
        if let refusal = Refusal.invalid(errors) { throw refusal }
        let owner = try turn.ownerSaid(id: sent.customerId, number: sent.customerNumber)
        let known: ContactPoint?
        var contact: ContactPoint
        if let id = sent.contactId {
            guard let found = turn.get(ContactPoint.self, id) else { throw .notFound("/data/contactId", "contact") }
            (known, contact) = (found, found)
        } else {
            guard let owner else {
                throw .invalid("/data/customerNumber", "required", "the customer of a new contact")
            }
            guard let key = sent.phone ?? sent.name else {
                throw .invalid("/data/phone", "required", "a phone or a name to know him by")
            }
            let id = turn.contactId(key, of: owner)
            known = turn.get(ContactPoint.self, id)
            contact = known ?? ContactPoint(id: id, customerId: owner, language: nil)
        }
        guard contact.id != IntakeID.contact(of: contact.customerId) else {
            throw .conflict("customers-own-contact", "How the customer himself is reached says register-customer")
        }
        try turn.checkNotErased(contact.customerId)
        try turn.check(sent.expectedVersion, of: ContactPoint.self, contact.id, "contact")
        contact.correct(by: sent)
        turn.keep(contact, story: nil)
        turn.index(contact.searchEntry, contact.id)
        // A report that names him by what he is called now finds him too.
        for key in [contact.phone, contact.name].compactMap({ $0 }) {
            let derived = IntakeID.contact(key, of: contact.customerId)
            if derived != contact.id { turn.hold("contact:\(derived.text)", contact.id) }
        }
        return turn.acknowledge(
            Registered(contact.id, wasKnown: known != nil, isChanged: contact != known), as: ContactPoint.self)
    }
}
