import DomainContracts
import Foundation
import ServiceKit

/// Makes a site known, or corrects it.
struct RegisterASite: CommandHandler {
    func decide(_ command: RegisterSite, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        let (sent, errors) = command.checked()
        if let refusal = Refusal.invalid(errors) { throw refusal }
        let owner = try turn.ownerSaid(id: sent.customerId, number: sent.customerNumber)
        let (id, known) = try turn.siteMeant(by: sent, of: owner)
        try turn.checkNotErased(id.customer)
        try turn.check(sent.expectedVersion, of: Site.self, id.site, "site")
        var site = known ?? Site(id: id.site, customerId: id.customer)
        site.correct(by: sent)
        turn.keep(site)
        // A report that names it as it is called now finds it too.
        if let key = Site.key(site.reported) {
            let derived = IntakeID.site(key, of: site.customerId)
            if derived != site.id { turn.hold("site:\(derived.text)", site.id) }
        }
        return turn.acknowledge(Registered(site.id, wasKnown: known != nil, isChanged: site != known), as: Site.self)
    }
}

extension Turn {
    fileprivate mutating func siteMeant(
        by sent: RegisterSite, of owner: UUID?
    ) throws(Refusal) -> (id: (site: UUID, customer: UUID), known: Site?) {
        if let id = sent.siteId {
            guard let site = get(Site.self, id) else { throw .notFound("/data/siteId", "site") }
            if let owner, survivor(of: owner) != survivor(of: site.customerId) {
                throw .held(
                    "siteId", "site-of-another-customer", "The site belongs to another customer",
                    "is a site of \(get(Customer.self, site.customerId)?.reference ?? "another customer")")
            }
            return ((id, site.customerId), site)
        }
        guard let owner else { throw .invalid("/data/customerNumber", "required", "the customer of a new site") }
        let place = ReportedSite(address: sent.address, regionCode: sent.regionCode, location: sent.location)
        guard let key = Site.key(place) else {
            throw .invalid("/data/address", "required", "an address, coordinates or a region to know it by")
        }
        let id = siteId(key, of: owner)
        return ((id, owner), get(Site.self, id))
    }
}
