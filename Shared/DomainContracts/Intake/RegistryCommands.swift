import FoundationEssentials

/// Makes a customer known, or corrects what is known of him; what is absent stays as it is. He is found by id, else by
/// number, else by phone, else by e-mail. The acknowledgement's status says `created`, `updated` or `unchanged`.
public struct RegisterCustomer: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "register-customer"

    /// For a correction of one who is known, or an id of the sender's making for a new one.
    public var customerId: UUID?
    /// His number in the company's books; unique.
    public var customerNumber: String?
    /// Required of a new one.
    public var name: String?
    public var kind: CustomerKind?
    public var tier: CustomerTier?
    public var industry: String?
    public var phone: String?
    public var email: String?
    /// Where he is served.
    public var site: ReportedSite?
    /// BCP 47 language tag for what we write to him, `zh-Hans` when absent.
    public var language: String?
    /// True: he shares his phone or e-mail address with another customer, and is not the same.
    public var isDistinct: Bool?
    /// The version that the sender has seen, 0 for a new one; refused when there is another by now. A customer's counts up with all
    /// that is known of him and with how he is reached, whoever says it, his reports too; his sites and other contacts have
    /// versions of their own, and so has the `site` that is named here.
    public var expectedVersion: Int?

    public init(
        customerId: UUID? = nil, customerNumber: String? = nil, name: String? = nil, kind: CustomerKind? = nil,
        tier: CustomerTier? = nil, industry: String? = nil, phone: String? = nil, email: String? = nil,
        site: ReportedSite? = nil, language: String? = nil, isDistinct: Bool? = nil,
        expectedVersion: Int? = nil
    ) {
        self.customerId = customerId
        self.customerNumber = customerNumber
        self.name = name
        self.kind = kind
        self.tier = tier
        self.industry = industry
        self.phone = phone
        self.email = email
        self.site = site
        self.language = language
        self.isDistinct = isDistinct
        self.expectedVersion = expectedVersion
    }
}

/// Makes a place known where devices stand, or corrects it: found by id, else by the customer and its address.
public struct RegisterSite: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "register-site"

    public var siteId: UUID?
    public var customerId: UUID?
    /// Instead of `customerId`.
    public var customerNumber: String?
    /// As people call it: `Plant 2`.
    public var name: String?
    public var address: String?
    /// Administrative region code, six digits in China (`110105`).
    public var regionCode: String?
    public var accessNotes: String?
    public var location: Coordinates?
    /// The version that the sender has seen, 0 for a new one; refused when there is another by now, be it by what a report brought.
    public var expectedVersion: Int?

    public init(
        siteId: UUID? = nil, customerId: UUID? = nil, customerNumber: String? = nil, name: String? = nil,
        address: String? = nil, regionCode: String? = nil, accessNotes: String? = nil, location: Coordinates? = nil,
        expectedVersion: Int? = nil
    ) {
        self.siteId = siteId
        self.customerId = customerId
        self.customerNumber = customerNumber
        self.name = name
        self.address = address
        self.regionCode = regionCode
        self.accessNotes = accessNotes
        self.location = location
        self.expectedVersion = expectedVersion
    }
}

/// Makes somebody known whom one meets or calls at a customer's: found by id, else by the customer and his phone or
/// name.
public struct RegisterContact: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "register-contact"

    public var contactId: UUID?
    public var customerId: UUID?
    /// Instead of `customerId`.
    public var customerNumber: String?
    public var name: String?
    public var phone: String?
    public var `extension`: String?
    public var email: String?
    /// What he does there: `facility manager`.
    public var role: String?
    /// The version that the sender has seen, 0 for a new one; refused when there is another by now, be it by what a report brought.
    public var expectedVersion: Int?

    public init(
        contactId: UUID? = nil, customerId: UUID? = nil, customerNumber: String? = nil, name: String? = nil,
        phone: String? = nil, `extension`: String? = nil, email: String? = nil, role: String? = nil,
        expectedVersion: Int? = nil
    ) {
        self.contactId = contactId
        self.customerId = customerId
        self.customerNumber = customerNumber
        self.name = name
        self.phone = phone
        self.`extension` = `extension`
        self.email = email
        self.role = role
        self.expectedVersion = expectedVersion
    }
}

/// Makes a product model known, or a new wording of it: found by brand and model. Devices of the model take its
/// category and warranty where they are registered without.
public struct RegisterProductModel: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "register-product-model"

    public var brand: String?
    public var model: String
    public var name: String?
    public var category: String?
    /// Months of warranty from installation, else from purchase; 0 to 240.
    public var warrantyMonths: Int?
    public var billOfMaterials: [BillOfMaterialsLine]
    /// The version that the sender has seen, 0 for a new one; refused when there is another by now.
    public var expectedVersion: Int?

    public init(
        brand: String? = nil, model: String, name: String? = nil, category: String? = nil, warrantyMonths: Int? = nil,
        billOfMaterials: [BillOfMaterialsLine] = [],
        expectedVersion: Int? = nil
    ) {
        self.brand = brand
        self.model = model
        self.name = name
        self.category = category
        self.warrantyMonths = warrantyMonths
        self.billOfMaterials = billOfMaterials
        self.expectedVersion = expectedVersion
    }
}

/// A part that a product is made of.
public struct BillOfMaterialsLine: Codable, Sendable, Hashable {
    public var partNumber: String
    /// Of this part in one product, 1 or more.
    public var quantity: Int
    public var name: String?

    public init(partNumber: String, quantity: Int, name: String? = nil) {
        self.partNumber = partNumber
        self.quantity = quantity
        self.name = name
    }
}

/// Makes a device known, or corrects what is known of it; what is absent stays as it is. It is found by id, else by
/// our code, else by its serial number and brand. Only a correction by id moves it to another customer.
public struct RegisterDevice: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "register-device"

    public var deviceId: UUID?
    /// Unique among devices of one brand.
    public var serialNumber: String?
    /// Our own code, as printed on the device's QR label; unique.
    public var code: String?
    public var brand: String?
    public var model: String?
    public var category: String?
    public var customerId: UUID?
    /// Instead of `customerId`.
    public var customerNumber: String?
    public var siteId: UUID?
    /// Instead of `siteId`.
    public var site: ReportedSite?
    public var department: String?
    public var standing: DeviceStanding?
    /// Calendar date `YYYY-MM-DD`.
    public var purchasedOn: String?
    /// Calendar date `YYYY-MM-DD`.
    public var installedOn: String?
    /// Last day of the warranty, `YYYY-MM-DD`.
    public var warrantyEndsOn: String?
    /// The contract it was sold under, where it is known.
    public var contractNumber: String?
    /// The version that the sender has seen, 0 for a new one; refused when there is another by now, be it by what a report brought.
    public var expectedVersion: Int?

    public init(
        deviceId: UUID? = nil, serialNumber: String? = nil, code: String? = nil, brand: String? = nil,
        model: String? = nil, category: String? = nil, customerId: UUID? = nil, customerNumber: String? = nil,
        siteId: UUID? = nil, site: ReportedSite? = nil, department: String? = nil, standing: DeviceStanding? = nil,
        purchasedOn: String? = nil, installedOn: String? = nil, warrantyEndsOn: String? = nil,
        contractNumber: String? = nil,
        expectedVersion: Int? = nil
    ) {
        self.deviceId = deviceId
        self.serialNumber = serialNumber
        self.code = code
        self.brand = brand
        self.model = model
        self.category = category
        self.customerId = customerId
        self.customerNumber = customerNumber
        self.siteId = siteId
        self.site = site
        self.department = department
        self.standing = standing
        self.purchasedOn = purchasedOn
        self.installedOn = installedOn
        self.warrantyEndsOn = warrantyEndsOn
        self.contractNumber = contractNumber
        self.expectedVersion = expectedVersion
    }
}
