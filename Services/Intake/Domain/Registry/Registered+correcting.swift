import DomainContracts
import FoundationEssentials

/// Corrections by people: what is said wins, what is not said stays.
extension Customer {
    mutating func correct(by sent: RegisterCustomer) {
        name = sent.name ?? name
        kind = sent.kind ?? kind
        tier = sent.tier ?? tier
        customerNumber = sent.customerNumber ?? customerNumber
        industry = sent.industry ?? industry
    }

    /// How he is named to somebody who may not know him: never by his own name.
    var reference: String { "customer \(customerNumber ?? id.text)" }
}

extension ContactPoint {
    /// Of somebody who was registered and has not written to us himself: he is called, else written to.
    init(id: UUID, customerId: UUID, language: String?) {
        self.init(id: id, customerId: customerId, channel: Self.noChannel, language: language ?? "zh-Hans")
    }

    /// There is no way to reach him.
    static let noChannel = "none"

    mutating func correct(by sent: RegisterCustomer) {
        name = sent.name ?? name
        phone = sent.phone ?? phone
        email = sent.email ?? email
        address = sent.site?.address ?? address
        language = sent.language ?? language
        chooseChannel()
    }

    mutating func correct(by sent: RegisterContact) {
        name = sent.name ?? name
        phone = sent.phone ?? phone
        phoneExtension = sent.extension ?? phoneExtension
        email = sent.email ?? email
        role = sent.role ?? role
        chooseChannel()
    }

    private mutating func chooseChannel() {
        guard channel == Self.noChannel else { return }
        channel = phone != nil ? "phone" : email != nil ? "email" : Self.noChannel
    }
}

extension Site {
    mutating func correct(by sent: RegisterSite) {
        name = sent.name ?? name
        address = sent.address ?? address
        regionCode = sent.regionCode ?? regionCode
        accessNotes = sent.accessNotes ?? accessNotes
        location = sent.location ?? location
    }

    /// As a report would name it.
    var reported: ReportedSite {
        ReportedSite(address: address, regionCode: regionCode, accessNotes: accessNotes, location: location)
    }
}

extension Device {
    mutating func correct(by sent: RegisterDevice) {
        serialNumber = sent.serialNumber ?? serialNumber
        code = sent.code ?? code
        brand = sent.brand ?? brand
        model = sent.model ?? model
        category = sent.category ?? category
        department = sent.department ?? department
        standing = sent.standing ?? standing ?? .inService
        purchasedOn = sent.purchasedOn ?? purchasedOn
        installedOn = sent.installedOn ?? installedOn
        setWarranty(sent.warrantyEndsOn)
        contractNumber = sent.contractNumber ?? contractNumber
    }

    /// Takes the last day of the warranty as somebody says it. Who says the day that is known, as an export had it, says nothing new.
    mutating func setWarranty(_ day: String?) {
        guard let day, day != warrantyEndsOn else { return }
        (warrantyEndsOn, isWarrantyModels) = (day, false)
    }

    /// What its model says of all devices of it; what was said of this one stays.
    ///
    /// - Parameter followsModel: whether the day that is known is the model's, and moves with it and with the dates.
    mutating func learn(from model: ProductModel?, followsModel: Bool) {
        category = category ?? model?.category
        guard warrantyEndsOn == nil || followsModel else { return }
        let day = model?.warrantyEnd(purchasedOn: purchasedOn, installedOn: installedOn)
        guard day != warrantyEndsOn else { return }
        (warrantyEndsOn, isWarrantyModels) = (day, day == nil ? nil : true)
    }

    /// How it is named to somebody who may not know it.
    var reference: String {
        "device " + (code.map { "code \($0)" } ?? serialNumber.map { "serial number \($0)" } ?? id.text)
    }
}
