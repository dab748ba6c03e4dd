import DomainContracts
import Foundation
import ServiceKit

/// Keeping what the registry holds: it is stored, told and found anew when, and only when, that is news.
extension Turn {
    mutating func keep(_ customer: Customer) {
        let before = get(Customer.self, customer.id)
        guard customer != before else { return }
        set(customer, customer.id)
        if customer.news != before?.news { emit(customer.news, about: Customer.self, customer.id) }
    }

    mutating func keep(_ contact: ContactPoint, story: UUID?) {
        let before = get(ContactPoint.self, contact.id)
        guard contact != before else { return }
        set(contact, contact.id)
        if contact.news != before?.news { emit(contact.news, about: ContactPoint.self, contact.id, story: story) }
    }

    mutating func keep(_ site: Site) {
        let before = get(Site.self, site.id)
        guard site != before else { return }
        set(site, site.id)
        if site.news != before?.news { emit(site.news, about: Site.self, site.id) }
        index(site.searchEntry, site.id)
    }

    mutating func keep(_ device: Device) {
        let before = get(Device.self, device.id)
        guard device != before else { return }
        set(device, device.id)
        if device.news != before?.news { emit(device.news, about: Device.self, device.id) }
        index(device.searchEntry, device.id)
    }

    /// Lets a thing be found by what it is called now.
    mutating func index(_ entry: SearchEntry, _ id: UUID) {
        if get(SearchEntry.self, id) != entry { set(entry, id) }
    }

    /// Who stands for a customer: himself, or the one into whom he was merged in the end.
    mutating func survivor(of customer: UUID) -> UUID {
        var id = customer
        while let next = get(Customer.self, id)?.mergedInto { id = next }
        return id
    }

    /// Who stands for a customer; nil where that is somebody who is forgotten.
    mutating func living(_ customer: UUID) -> UUID? {
        let id = survivor(of: customer)
        return get(Customer.self, id)?.isErased == true ? nil : id
    }

    /// Nothing is learnt of somebody who is forgotten, and nothing is done for him any more.
    mutating func checkNotErased(_ customer: UUID) throws(Refusal) {
        if get(Customer.self, customer)?.isErased == true {
            throw .conflict("customer-erased", "The customer's data were erased")
        }
    }

    /// Finds or makes a customer's site by its address, coordinates or region. One that is known stays as it is unless the customer or
    /// one of us says so.
    mutating func settleSite(_ reported: ReportedSite?, customer: UUID, isVouchedFor: Bool) -> UUID? {
        guard let reported, let key = Site.key(reported) else { return nil }
        let id = siteId(key, of: customer)
        guard isVouchedFor || get(Site.self, id) == nil else { return id }
        var site = get(Site.self, id) ?? Site(id: id, customerId: customer)
        site.learn(from: reported)
        keep(site)
        return id
    }

    /// Where a customer's device stands; nil where it is another's, or is said to stand at another's.
    mutating func siteId(of device: Device, customer: UUID) -> UUID? {
        let owner = survivor(of: customer)
        guard survivor(of: device.customerId) == owner, let site = device.siteId.flatMap({ get(Site.self, $0) }),
            survivor(of: site.customerId) == owner
        else { return nil }
        return site.id
    }

    /// The site of a key: where somebody corrected its address, the one that had another before.
    mutating func siteId(_ key: String, of customer: UUID) -> UUID {
        let id = IntakeID.site(key, of: customer)
        return get(LookupEntry.self, IntakeID.lookup("site:\(id.text)"))?.target ?? id
    }

    /// The contact of a phone or name: where somebody corrected it, the one that had another before.
    mutating func contactId(_ key: String, of customer: UUID) -> UUID {
        let id = IntakeID.contact(key, of: customer)
        return get(LookupEntry.self, IntakeID.lookup("contact:\(id.text)"))?.target ?? id
    }

    /// Whom or what a key leads to; nil too where it was corrected away.
    mutating func lookUp(_ key: String) -> UUID? {
        get(LookupEntry.self, IntakeID.lookup(key)).flatMap { $0.isFree == true ? nil : $0.target }
    }

    /// Lets a key lead to what holds it now.
    mutating func hold(_ key: String, _ target: UUID) {
        let id = IntakeID.lookup(key)
        if lookUp(key) != target { set(LookupEntry(key: key, target: target), id) }
    }
}

extension Customer {
    var news: CustomerChanged {
        CustomerChanged(
            customerId: id, customerNumber: customerNumber, kind: kind, tier: tier, industry: industry,
            mergedInto: mergedInto, erasedAt: erasedAt)
    }
}

extension ContactPoint {
    var news: ContactChanged {
        ContactChanged(
            contactId: id, customerId: customerId, name: name, phone: phone, email: email, address: address,
            channel: channel, channelUserId: channelUserId, language: language)
    }
}

extension Site {
    var news: SiteChanged {
        SiteChanged(siteId: id, customerId: customerId, regionCode: regionCode, location: location)
    }
}

extension Device {
    var news: DeviceChanged {
        DeviceChanged(
            deviceId: id, customerId: customerId, siteId: siteId, serialNumber: serialNumber, code: code, brand: brand,
            model: model, category: category, department: department, standing: standing, purchasedOn: purchasedOn,
            installedOn: installedOn, warrantyEndsOn: warrantyEndsOn, contractNumber: contractNumber,
            mergedInto: mergedInto, mergedDeviceIds: mergedDeviceIds)
    }
}
