import FoundationEssentials

/// A customer became known, or something of him changed; how he is reached stands in `contact-changed`. Subject
/// `customer/<id>`.
public struct CustomerChanged: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "customer-changed"

    public var customerId: UUID
    public var customerNumber: String?
    public var kind: CustomerKind?
    public var tier: CustomerTier?
    public var industry: String?
    /// The customer who stands for him since they were merged.
    public var mergedInto: UUID?
    /// Since when he is forgotten: nothing that is personal is known of him, and nothing leads to him any more.
    public var erasedAt: Date?

    public init(
        customerId: UUID, customerNumber: String? = nil, kind: CustomerKind? = nil,
        tier: CustomerTier? = nil, industry: String? = nil, mergedInto: UUID? = nil, erasedAt: Date? = nil
    ) {
        self.customerId = customerId
        self.customerNumber = customerNumber
        self.kind = kind
        self.tier = tier
        self.industry = industry
        self.mergedInto = mergedInto
        self.erasedAt = erasedAt
    }
}

/// A place became known, or something of it changed. Subject `site/<id>`.
public struct SiteChanged: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "site-changed"

    public var siteId: UUID
    public var customerId: UUID
    public var regionCode: String?
    public var location: Coordinates?

    public init(siteId: UUID, customerId: UUID, regionCode: String? = nil, location: Coordinates? = nil) {
        self.siteId = siteId
        self.customerId = customerId
        self.regionCode = regionCode
        self.location = location
    }
}

/// A product model became known, or has a new wording. Subject `product-model/<id>`.
public struct ProductModelChanged: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "product-model-changed"

    public var productModelId: UUID
    public var brand: String?
    public var model: String
    public var name: String?
    public var category: String?
    /// Months of warranty.
    public var warrantyMonths: Int?
    public var billOfMaterials: [BillOfMaterialsLine]

    public init(
        productModelId: UUID, brand: String? = nil, model: String, name: String? = nil, category: String? = nil,
        warrantyMonths: Int? = nil, billOfMaterials: [BillOfMaterialsLine] = []
    ) {
        self.productModelId = productModelId
        self.brand = brand
        self.model = model
        self.name = name
        self.category = category
        self.warrantyMonths = warrantyMonths
        self.billOfMaterials = billOfMaterials
    }
}

/// A device was registered or corrected. Subject `device/<id>`.
public struct DeviceChanged: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "device-changed"

    public var deviceId: UUID
    public var customerId: UUID
    public var siteId: UUID?
    public var serialNumber: String?
    public var code: String?
    public var brand: String?
    public var model: String?
    public var category: String?
    public var department: String?
    public var standing: DeviceStanding?
    /// Calendar date `YYYY-MM-DD`.
    public var purchasedOn: String?
    /// Calendar date `YYYY-MM-DD`.
    public var installedOn: String?
    /// Last day of the warranty, `YYYY-MM-DD`.
    public var warrantyEndsOn: String?
    public var contractNumber: String?
    /// The record that stands for both since they were found to be one device.
    public var mergedInto: UUID?
    /// Records for which it stands; those merged into one of them are not among them. Nil as none.
    public var mergedDeviceIds: [UUID]?

    public init(
        deviceId: UUID, customerId: UUID, siteId: UUID? = nil, serialNumber: String? = nil, code: String? = nil,
        brand: String? = nil, model: String? = nil, category: String? = nil, department: String? = nil,
        standing: DeviceStanding? = nil, purchasedOn: String? = nil, installedOn: String? = nil,
        warrantyEndsOn: String? = nil, contractNumber: String? = nil, mergedInto: UUID? = nil,
        mergedDeviceIds: [UUID]? = nil
    ) {
        self.deviceId = deviceId
        self.customerId = customerId
        self.siteId = siteId
        self.serialNumber = serialNumber
        self.code = code
        self.brand = brand
        self.model = model
        self.category = category
        self.department = department
        self.standing = standing
        self.purchasedOn = purchasedOn
        self.installedOn = installedOn
        self.warrantyEndsOn = warrantyEndsOn
        self.contractNumber = contractNumber
        self.mergedInto = mergedInto
        self.mergedDeviceIds = mergedDeviceIds
    }
}
