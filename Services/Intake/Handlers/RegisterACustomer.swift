import DomainContracts
import Foundation
import ServiceKit

/// Makes a customer known, or corrects what is known of him.
struct RegisterACustomer: CommandHandler {
    func keys(_ command: RegisterCustomer, _ keys: inout Keys) { keys.need(command) }

    func decide(_ command: RegisterCustomer, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        turn.acknowledge(try turn.register(command), as: Customer.self)
    }
}

extension Keys {
    /// What a registration asks for when the customer is new, or was registered under this key.
    mutating func need(_ command: RegisterCustomer) {
        let (sent, _) = command.checked()
        let keys = LookupKey.registered(sent)
        need(LookupEntry.self, keys.map(IntakeID.lookup))
        guard let id = sent.customerId ?? keys.first.map({ IntakeID.customer(registered: $0, count: 1) }) else {
            return
        }
        need(Customer.self, id)
        need(ContactPoint.self, IntakeID.contact(of: id))
        need(SearchEntry.self, id)
        need(sent.site, of: id)
        guard let place = Matching.place(name: sent.name, address: sent.site?.address) else { return }
        need(LookupEntry.self, IntakeID.lookup(place))
    }

    mutating func need(_ site: ReportedSite?, of customer: UUID) {
        guard let site, let key = Site.key(site) else { return }
        let id = IntakeID.site(key, of: customer)
        need(Site.self, id)
        need(SearchEntry.self, id)
        need(LookupEntry.self, IntakeID.lookup("site:\(id.text)"))
    }
}

extension Turn {
    /// Registers a customer, or says why not; nothing is set when it is refused.
    mutating func register(_ command: RegisterCustomer) throws(Refusal) -> Registered {
        let (sent, errors) = command.checked()
        if let refusal = Refusal.invalid(errors) { throw refusal }
        let id = try customerMeant(by: sent)
        let known = get(Customer.self, id)
        try checkHolders(sent, id)
        try check(sent.expectedVersion, of: Customer.self, id, "customer")
        if known?.name == nil, sent.name == nil {
            throw .invalid("/data/name", "required", "the name of a new customer")
        }
        let contactId = IntakeID.contact(of: id)
        let knownContact = get(ContactPoint.self, contactId)
        let keysBefore = known.map { keys(of: $0) } ?? []
        let siteBefore = knownSite(sent.site, of: id)
        let siteId = settleSite(sent.site, customer: id, isVouchedFor: true)
        var customer = known ?? Customer(id: id)
        customer.correct(by: sent)
        customer.lastSiteId = customer.lastSiteId ?? siteId
        keep(customer)
        var contact = knownContact ?? ContactPoint(id: contactId, customerId: id, language: sent.language)
        contact.correct(by: sent)
        keep(contact, story: nil)
        countUp(customer, reached: contact, before: knownContact)
        if customer != known || contact != knownContact { index(customer.searchEntry(contact: contact), id) }
        let keysNow = keys(of: customer)
        for key in keysBefore where !keysNow.contains(key) { free(key, of: id) }
        // Of two who share a phone, it goes on leading to the first.
        for key in LookupKey.registered(sent) where holder(ofCustomerKey: key) == nil { hold(key, id) }
        if let key = Matching.place(name: sent.name, address: sent.site?.address),
            get(LookupEntry.self, IntakeID.lookup(key)) == nil
        {
            hold(key, id)
        }
        let site = siteId.flatMap { get(Site.self, $0) }
        return Registered(
            id, wasKnown: known != nil,
            isChanged: customer != known || contact != knownContact || site != siteBefore)
    }

    /// How a customer is reached stands in a contact, and is of him all the same: who corrects him from what he saw is not to undo
    /// unseen what somebody else has said of that, so his version counts it.
    mutating func countUp(_ customer: Customer, reached contact: ContactPoint, before: ContactPoint?) {
        if contact != before { set(customer, customer.id) }
    }

    private mutating func knownSite(_ site: ReportedSite?, of customer: UUID) -> Site? {
        site.flatMap { Site.key($0) }.flatMap { get(Site.self, siteId($0, of: customer)) }
    }

    private mutating func customerMeant(by sent: RegisterCustomer) throws(Refusal) -> UUID {
        if let id = sent.customerId { return id }
        if sent.isDistinct == true, sent.customerNumber == nil {
            throw .invalid("/data/customerNumber", "required", "what tells him from the one whose phone he shares")
        }
        let keys = LookupKey.registered(sent)
        guard let first = keys.first else {
            throw .invalid("/data/customerNumber", "required", "a number, phone or e-mail address to know him by")
        }
        for key in keys {
            guard let holder = holder(ofCustomerKey: key) else { continue }
            if key == first, sent.customerNumber != nil { return holder.id }
            // By phone or e-mail one is recognised who has no number yet, or when none is said.
            let id = survivor(of: holder.id)
            if sent.isDistinct != true, sent.customerNumber == nil || get(Customer.self, id)?.customerNumber == nil {
                return id
            }
        }
        var count = 1
        while get(Customer.self, IntakeID.customer(registered: first, count: count)) != nil { count += 1 }
        return IntakeID.customer(registered: first, count: count)
    }

    private mutating func checkHolders(_ sent: RegisterCustomer, _ id: UUID) throws(Refusal) {
        if let into = get(Customer.self, id)?.mergedInto {
            throw .held(
                "customerNumber", "customer-merged", "The customer is merged into another",
                "is merged into \(get(Customer.self, into)?.reference ?? "another customer")")
        }
        try checkNotErased(id)
        if let number = sent.customerNumber, let holder = holder(ofCustomerKey: "customer:\(number)"), holder.id != id {
            throw .held(
                "customerNumber", "customer-number-taken", "Another customer has this number",
                "is the number of customer \(holder.id.text)")
        }
        guard sent.isDistinct != true else { return }
        let contact = get(ContactPoint.self, IntakeID.contact(of: id))
        if let phone = sent.phone, contact?.phone != phone, let holder = holder(ofCustomerKey: "phone:\(phone)"),
            survivor(of: holder.id) != id
        {
            throw .held(
                "phone", Refusal.duplicate, "Another customer has this phone", "is the phone of \(holder.reference)")
        }
        if let email = sent.email?.lowercased(), contact?.email?.lowercased() != email,
            let holder = holder(ofCustomerKey: "email:\(email)"), survivor(of: holder.id) != id
        {
            throw .held(
                "email", Refusal.duplicate, "Another customer has this e-mail address",
                "is the e-mail address of \(holder.reference)")
        }
    }

    /// Who is known by a key today: one who was corrected since holds it no more.
    mutating func holder(ofCustomerKey key: String) -> Customer? {
        guard let entry = get(LookupEntry.self, IntakeID.lookup(key)),
            let customer = get(Customer.self, entry.target)
        else { return nil }
        return keys(of: customer).contains(key) ? customer : nil
    }

    /// What a customer is known by today: his number, phone and e-mail address.
    private mutating func keys(of customer: Customer) -> [String] {
        let contact = get(ContactPoint.self, IntakeID.contact(of: customer.id))
        return LookupKey.registered(
            RegisterCustomer(customerNumber: customer.customerNumber, phone: contact?.phone, email: contact?.email))
    }

    /// Lets a key that was corrected away lead to nobody, nor what was reported by it for him.
    private mutating func free(_ key: String, of customer: UUID) {
        for key in [key, LookupKey.reporter(key)] {
            let id = IntakeID.lookup(key)
            guard var entry = get(LookupEntry.self, id), entry.target == customer else { continue }
            entry.isFree = true
            set(entry, id)
        }
    }
}
