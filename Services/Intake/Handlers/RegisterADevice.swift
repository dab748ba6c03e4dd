import DomainContracts
import Foundation
import ServiceKit

/// Makes a device known, or corrects what is known of it.
struct RegisterADevice: CommandHandler {
    func keys(_ command: RegisterDevice, _ keys: inout Keys) { keys.need(command) }

    func decide(_ command: RegisterDevice, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        turn.acknowledge(try turn.register(command), as: Device.self)
    }
}

extension Keys {
    /// What a registration asks for when the device is new, or was registered under this key.
    mutating func need(_ command: RegisterDevice) {
        let (sent, _) = command.checked()
        let keys = LookupKey.registered(code: sent.code, serialNumber: sent.serialNumber, brand: sent.brand)
        need(LookupEntry.self, keys.map(IntakeID.lookup))
        if let id = sent.deviceId ?? keys.first.map({ IntakeID.device(registered: $0, count: 1) }) {
            need(Device.self, id)
            need(SearchEntry.self, id)
        }
        if let model = sent.model {
            look(at: ProductModel.self, IntakeID.productModel(brand: sent.brand, model: model))
        }
        need(Site.self, sent.siteId)
        if let number = sent.customerNumber {
            need(LookupEntry.self, IntakeID.lookup("customer:\(number)"))
            // He was probably registered under it.
            let id = IntakeID.customer(registered: "customer:\(number)", count: 1)
            need(Customer.self, id)
            need(ContactPoint.self, IntakeID.contact(of: id))
            need(sent.site, of: id)
        }
        if let id = sent.customerId {
            need(Customer.self, id)
            need(sent.site, of: id)
        }
    }
}

extension Turn {
    /// Registers a device, or says why not; nothing is set when it is refused.
    mutating func register(_ command: RegisterDevice) throws(Refusal) -> Registered {
        let (sent, errors) = command.checked(at: now)
        if let refusal = Refusal.invalid(errors) { throw refusal }
        let id = try deviceMeant(by: sent)
        let known = get(Device.self, id)
        try checkHolders(sent, id)
        try check(sent.expectedVersion, of: Device.self, id, "device")
        let owner = try owner(sent, of: known)
        let site = try site(sent, of: owner, known)
        var device = known ?? Device(id: id, customerId: owner)
        device.customerId = owner
        device.correct(by: sent)
        device.siteId = site
        learnModel(of: &device, since: known)
        keep(device)
        holdLabels(of: device)
        return Registered(id, wasKnown: known != nil, isChanged: device != known)
    }

    /// Lets a device have what its model says of all devices of it.
    ///
    /// - Parameter before: the device as it was known, if it was.
    mutating func learnModel(of device: inout Device, since before: Device?) {
        let follows = before.map { $0.warrantyEndsOn == device.warrantyEndsOn && isWarrantyModels($0) } ?? false
        device.learn(from: model(of: device), followsModel: follows)
    }

    /// Whether the last day of a device's warranty came from its model: as it was kept, else as it looks.
    private mutating func isWarrantyModels(_ device: Device) -> Bool {
        guard let day = device.warrantyEndsOn else { return false }
        return device.isWarrantyModels
            ?? (model(of: device)?.warrantyEnd(purchasedOn: device.purchasedOn, installedOn: device.installedOn) == day)
    }

    private mutating func model(of device: Device) -> ProductModel? {
        device.model.flatMap { look(at: ProductModel.self, IntakeID.productModel(brand: device.brand, model: $0)) }
    }

    private mutating func deviceMeant(by sent: RegisterDevice) throws(Refusal) -> UUID {
        if let id = sent.deviceId { return id }
        let keys = LookupKey.registered(code: sent.code, serialNumber: sent.serialNumber, brand: sent.brand)
        guard let first = keys.first else {
            throw .invalid("/data/serialNumber", "required", "a serial number or our own code to know it by")
        }
        if let code = sent.code, let holder = holder(ofDeviceKey: "code:\(Device.normalised(code))") {
            return holder.id
        }
        // One that has a code already is not the one of another code.
        if let holder = holder(ofSerialOf: sent), sent.code == nil || holder.code == nil { return holder.id }
        var count = 1
        while get(Device.self, IntakeID.device(registered: first, count: count)) != nil { count += 1 }
        return IntakeID.device(registered: first, count: count)
    }

    private mutating func checkHolders(_ sent: RegisterDevice, _ id: UUID) throws(Refusal) {
        if let code = sent.code, let holder = holder(ofDeviceKey: "code:\(Device.normalised(code))"), holder.id != id {
            throw .held(
                "code", "code-taken", "Another device has this code", "is the code of \(described(holder))")
        }
        if let holder = holder(ofSerialOf: sent), holder.id != id {
            throw .held(
                "serialNumber", "serial-taken", "Another device has this serial number",
                "is the serial number of \(described(holder))")
        }
    }

    private mutating func described(_ device: Device) -> String {
        "\(device.reference) of \(get(Customer.self, device.customerId)?.reference ?? "an unknown customer")"
    }

    /// Whose it is: as is said, else as is known. Only who names the device's id moves it.
    private mutating func owner(_ sent: RegisterDevice, of known: Device?) throws(Refusal) -> UUID {
        guard let said = try ownerSaid(id: sent.customerId, number: sent.customerNumber) else {
            guard let known else {
                throw .invalid("/data/customerNumber", "required", "the customer of a new device")
            }
            return known.customerId
        }
        guard let known, survivor(of: known.customerId) != survivor(of: said) else {
            return known?.customerId ?? said
        }
        guard sent.deviceId != nil else {
            throw .held(
                sent.customerNumber == nil ? "customerId" : "customerNumber", "device-of-another-customer",
                "The device belongs to another customer", "has no such device: it is \(described(known))")
        }
        return said
    }

    /// The customer that a registration names by id or number; nil when it names none.
    mutating func ownerSaid(id: UUID?, number: String?) throws(Refusal) -> UUID? {
        if let id, get(Customer.self, id) == nil {
            throw .invalid("/data/customerId", "unknown-customer", "the id of a registered customer")
        }
        if let id { try checkNotErased(id) }
        guard let number else { return id }
        guard let holder = holder(ofCustomerKey: "customer:\(number)") else {
            throw .invalid("/data/customerNumber", "unknown-customer", "the number of a registered customer")
        }
        if let id, id != holder.id {
            throw .invalid("/data/customerNumber", "contradiction", "the number of the customer that customerId names")
        }
        return holder.id
    }

    private mutating func site(
        _ sent: RegisterDevice, of owner: UUID, _ known: Device?
    ) throws(Refusal) -> UUID? {
        if let id = sent.siteId {
            guard let site = get(Site.self, id), survivor(of: site.customerId) == survivor(of: owner) else {
                throw .invalid("/data/siteId", "unknown-site", "the id of a site of this customer")
            }
            return id
        }
        return settleSite(sent.site, customer: owner, isVouchedFor: true)
            ?? (known?.customerId == owner ? known?.siteId : nil)
    }

    /// The device that has a serial number among those of its brand; of no brand, whichever has it.
    private mutating func holder(ofSerialOf sent: RegisterDevice) -> Device? {
        guard let serial = sent.serialNumber.map(Device.normalised) else { return nil }
        guard let brand = sent.brand.map(Device.normalised) else { return holder(ofDeviceKey: "serial:\(serial)") }
        if let holder = holder(ofDeviceKey: "serial:\(serial)@\(brand)") { return holder }
        let other = holder(ofDeviceKey: "serial:\(serial)")
        return other?.brand == nil ? other : other.flatMap { Device.normalised($0.brand ?? "") == brand ? $0 : nil }
    }

    /// What is known by a key today: a device that was corrected since holds it no more.
    mutating func holder(ofDeviceKey key: String) -> Device? {
        guard let entry = get(LookupEntry.self, IntakeID.lookup(key)), let device = get(Device.self, entry.target)
        else { return nil }
        return device.keys.contains(key) ? device : nil
    }
}

extension Device {
    /// What it is known by today, best first.
    var keys: [String] { LookupKey.registered(code: code, serialNumber: serialNumber, brand: brand) }
}
