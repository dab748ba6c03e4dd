import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// The customer whom a report names, if we know him by what it says of him.
    mutating func knownCustomer(in report: ReportRepair) -> Recognised? {
        for rule in Matching.customers {
            if let id = rule.key(report).flatMap({ lookUp($0) }).flatMap({ living($0) }) {
                return Recognised(id: id, match: rule.match)
            }
        }
        return nil
    }

    /// The device which a report names, if we know it.
    mutating func knownDevice(in report: ReportRepair) -> (device: Device, match: PartyMatch)? {
        for rule in Matching.devices {
            guard let key = rule.key(report), let id = lookUp(key) else { continue }
            guard let device = get(Device.self, id) else { return nil }
            // A label that was corrected is no more its own, and serial numbers are unique among those of a brand.
            guard device.keys.contains(key), rule.match.rule == .deviceCode || device.isOf(report.device?.brand)
            else { continue }
            return get(Device.self, survivor(ofDevice: id)).map { ($0, rule.match) }
        }
        return nil
    }

    /// Finds or creates everything a report names, and tells how the customer is reached when that is news.
    ///
    /// - Parameters:
    ///   - known: who the customer is, when that is settled already.
    ///   - vouched: for what of it the customer or one of us stands.
    mutating func settleParties(
        _ report: ReportRepair, request: UUID, customer known: Recognised?, vouched: Vouched, story: UUID?
    ) -> Parties {
        let device = knownDevice(in: report)
        let recognised = known ?? owner(device) ?? neighbour(report) ?? reporter(report)
        let customerId = recognised?.id ?? IntakeID.customer(firstNamedIn: request)
        let siteId = settleSite(report.site, customer: customerId, isVouchedFor: vouched.place)
        let lastSiteId = get(Customer.self, customerId)?.lastSiteId
        let contactId =
            recognised == nil || known != nil && vouched.isHimself
            ? settleCustomer(report, customerId, site: siteId, story: story)
            : settleReporter(report, for: customerId, story: story)
        let siteContactId = settleSiteContact(
            report, customer: customerId, isVouchedFor: vouched.contact, story: story)
        let deviceSite = device.flatMap { self.siteId(of: $0.device, customer: customerId) }
        let deviceId = settleDevice(
            report, known: device?.device, request: request, customer: customerId, site: siteId,
            isMoved: vouched.place)
        return Parties(
            customerId: customerId, contactId: contactId, siteContactId: siteContactId,
            siteId: siteId ?? deviceSite ?? lastSiteId, deviceId: deviceId,
            isPlaceVouchedFor: vouched.place || recognised == nil,
            customerMatch: recognised?.match ?? Matching.created,
            deviceMatch: deviceId == nil ? nil : device?.match ?? Matching.created)
    }

    /// Keeps what the customer says of himself, and how he is reached. Returns his contact.
    private mutating func settleCustomer(
        _ report: ReportRepair, _ customerId: UUID, site siteId: UUID?, story: UUID?
    ) -> UUID {
        var customer = get(Customer.self, customerId) ?? Customer(id: customerId)
        let customerBefore = customer
        customer.learn(from: report.customer)
        customer.lastSiteId = siteId ?? customer.lastSiteId
        keep(customer)
        for key in LookupKey.customer(report.customer, channel: report.channel) { enter(key, customerId) }
        if let key = Matching.place.key(report) { enter(key, customerId) }
        let contactId = IntakeID.contact(of: customerId)
        var contact =
            get(ContactPoint.self, contactId)
            ?? ContactPoint(
                id: contactId, customerId: customerId, channel: report.channel, language: report.writtenLanguage)
        let contactBefore = contact
        contact.learn(from: report)
        if contact != contactBefore || customer != customerBefore || version(SearchEntry.self, customerId) == 0 {
            index(customer.searchEntry(contact: contact), customerId)
        }
        keep(contact, story: story)
        countUp(customer, reached: contact, before: contactBefore)
        return contactId
    }

    /// Somebody reports for a customer, and nobody vouches that it is he: what he says is of this report alone. He hears of it where he
    /// asked for it, and the customer stays as he is. Without a way to reach him the customer hears of it.
    private mutating func settleReporter(_ report: ReportRepair, for customerId: UUID, story: UUID?) -> UUID {
        let own = IntakeID.contact(of: customerId)
        guard let ways = LookupKey.ways(report) else { return own }
        for key in LookupKey.reporter(report.customer, channel: report.channel) { enter(key, customerId) }
        // He says what we know, and nothing else.
        if get(ContactPoint.self, own)?.isReached(asIn: report) == true { return own }
        let id = IntakeID.contact("reporter:\(ways)", of: customerId)
        // Another report by the same ways changes nothing for this one's.
        guard get(ContactPoint.self, id) == nil else { return id }
        var contact = ContactPoint(
            id: id, customerId: customerId, channel: report.channel, language: report.writtenLanguage)
        contact.learn(from: report)
        keep(contact, story: story)
        index(contact.searchEntry, id)
        return id
    }

    private mutating func owner(_ device: (device: Device, match: PartyMatch)?) -> Recognised? {
        guard let device, let owner = living(device.device.customerId) else { return nil }
        var match = device.match
        match.confidence -= Matching.ownerDiscount
        return Recognised(id: owner, match: match)
    }

    private mutating func neighbour(_ report: ReportRepair) -> Recognised? {
        Matching.place.key(report).flatMap { lookUp($0) }.flatMap { living($0) }.map {
            Recognised(id: $0, match: Matching.place.match)
        }
    }

    private mutating func reporter(_ report: ReportRepair) -> Recognised? {
        for key in LookupKey.reporter(report.customer, channel: report.channel) {
            guard let living = lookUp(key).flatMap({ living($0) }) else { continue }
            return Recognised(id: living, match: Matching.reporter)
        }
        return nil
    }

    private mutating func enter(_ key: String, _ target: UUID) {
        if lookUp(key) == nil { hold(key, target) }
    }

    /// Whom to meet. Somebody whom we know there already stays as he is unless the customer or one of us says so: what else is said
    /// of him is that report's alone.
    private mutating func settleSiteContact(
        _ report: ReportRepair, customer: UUID, isVouchedFor: Bool, story: UUID?
    ) -> UUID? {
        guard let reported = report.contact, let key = reported.phone ?? reported.name else { return nil }
        var id = contactId(key, of: customer)
        if !isVouchedFor, let known = get(ContactPoint.self, id) {
            if known.isSaid(by: reported) { return id }
            id = IntakeID.contact("said:\(reported.words)", of: customer)
            if get(ContactPoint.self, id) != nil { return id }
        }
        var contact =
            get(ContactPoint.self, id)
            ?? ContactPoint(id: id, customerId: customer, channel: report.channel, language: report.writtenLanguage)
        contact.learn(from: reported)
        keep(contact, story: story)
        index(contact.searchEntry, id)
        return id
    }

    /// What it is about. Where it stands is learnt of its own customer's sites alone, and a device of which that is known is moved where
    /// the customer or one of us says so.
    private mutating func settleDevice(
        _ report: ReportRepair, known: Device?, request: UUID, customer: UUID, site: UUID?, isMoved: Bool
    ) -> UUID? {
        let saysSomething = [
            report.device?.serialNumber, report.device?.code, report.device?.model, report.device?.category,
            report.device?.brand,
        ].contains { $0 != nil }
        guard known != nil || saysSomething else { return nil }
        let id = known?.id ?? IntakeID.device(firstNamedIn: request)
        var device = known ?? get(Device.self, id) ?? Device(id: id, customerId: customer)
        // What belonged to somebody who is forgotten belongs to whoever reports it.
        if device.customerId != customer, living(device.customerId) == nil {
            (device.customerId, device.siteId) = (customer, nil)
        }
        device.learn(from: report.device)
        learnModel(of: &device, since: known)
        if let site, isMoved || device.siteId == nil, survivor(of: device.customerId) == survivor(of: customer) {
            device.siteId = site
        }
        keep(device)
        holdLabels(of: device)
        return id
    }
}
