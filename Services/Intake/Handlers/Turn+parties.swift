import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// The customer whom a report names, if we know him: by number, channel user, phone or e-mail, in this order.
    mutating func knownCustomer(in report: ReportRepair) -> UUID? {
        for key in LookupKey.customer(report.customer, channel: report.channel) {
            if let entry = get(LookupEntry.self, IntakeID.lookup(key)) { return entry.target }
        }
        return nil
    }

    /// The device which a report names, if we know it: by our code, then by serial number.
    mutating func knownDevice(in report: ReportRepair) -> Device? {
        for key in LookupKey.device(report.device) {
            if let entry = get(LookupEntry.self, IntakeID.lookup(key)) { return get(Device.self, entry.target) }
        }
        return nil
    }

    /// Finds or creates everything a report names, and tells how the customer is reached when that is news.
    ///
    /// - Parameter known: who the customer is, when that is settled already.
    mutating func settleParties(
        _ report: ReportRepair, request: UUID, customer known: UUID?, story: UUID?
    ) -> Parties {
        let device = knownDevice(in: report)
        let customerId = known ?? device?.customerId ?? IntakeID.customer(firstNamedIn: request)
        let siteId = settleSite(report.site, customer: customerId)
        var customer = get(Customer.self, customerId) ?? Customer(id: customerId)
        let customerBefore = customer
        customer.learn(from: report.customer)
        customer.lastSiteId = siteId ?? customer.lastSiteId
        if customer != customerBefore || version(Customer.self, customerId) == 0 { set(customer, customerId) }
        for key in LookupKey.customer(report.customer, channel: report.channel) { enter(key, customerId) }

        let contactId = IntakeID.contact(of: customerId)
        var contact =
            get(ContactPoint.self, contactId)
            ?? ContactPoint(
                id: contactId, customerId: customerId, channel: report.channel, language: report.writtenLanguage)
        contact.learn(from: report)
        keep(contact, story: story)
        let siteContactId = settleSiteContact(report, customer: customerId, story: story)
        let deviceId = settleDevice(report, known: device, request: request, customer: customerId, site: siteId)
        let deviceSite = device?.customerId == customerId ? device?.siteId : nil
        return Parties(
            customerId: customerId, contactId: contactId, siteContactId: siteContactId,
            siteId: siteId ?? deviceSite ?? customerBefore.lastSiteId, deviceId: deviceId)
    }

    private mutating func enter(_ key: String, _ target: UUID) {
        let id = IntakeID.lookup(key)
        if get(LookupEntry.self, id) == nil { set(LookupEntry(key: key, target: target), id) }
    }

    private mutating func keep(_ contact: ContactPoint, story: UUID?) {
        guard get(ContactPoint.self, contact.id) != contact else { return }
        set(contact, contact.id)
        emit(
            ContactChanged(
                contactId: contact.id, customerId: contact.customerId, name: contact.name, phone: contact.phone,
                email: contact.email, address: contact.address, channel: contact.channel,
                channelUserId: contact.channelUserId, language: contact.language),
            about: ContactPoint.self, contact.id, story: story)
    }

    private mutating func settleSiteContact(_ report: ReportRepair, customer: UUID, story: UUID?) -> UUID? {
        guard let reported = report.contact, let key = reported.phone ?? reported.name else { return nil }
        let id = IntakeID.contact(key, of: customer)
        var contact =
            get(ContactPoint.self, id)
            ?? ContactPoint(id: id, customerId: customer, channel: report.channel, language: report.writtenLanguage)
        contact.learn(from: reported)
        keep(contact, story: story)
        return id
    }

    private mutating func settleSite(_ reported: ReportedSite?, customer: UUID) -> UUID? {
        guard let reported, let key = Site.key(reported) else { return nil }
        let id = IntakeID.site(key, of: customer)
        let before = get(Site.self, id)
        var site = before ?? Site(id: id, customerId: customer)
        site.learn(from: reported)
        if site != before { set(site, id) }
        return id
    }

    private mutating func settleDevice(
        _ report: ReportRepair, known: Device?, request: UUID, customer: UUID, site: UUID?
    ) -> UUID? {
        let saysSomething = [
            report.device?.serialNumber, report.device?.code, report.device?.model, report.device?.category,
            report.device?.brand,
        ].contains { $0 != nil }
        guard known != nil || saysSomething else { return nil }
        let id = known?.id ?? IntakeID.device(firstNamedIn: request)
        let before = known ?? get(Device.self, id)
        var device = before ?? Device(id: id, customerId: customer)
        device.learn(from: report.device)
        device.siteId = site ?? device.siteId
        if device != before { set(device, id) }
        for key in LookupKey.device(report.device) { enter(key, id) }
        return id
    }
}
