import FoundationEssentials

// What is registered, each thing by itself, as its own command would say it, and with the version that the command may expect.

/// One customer as `register-customer` corrects him, by id or number; of his sites each has an answer of its own.
public struct CustomerQuery: Query, Equatable {
    public typealias Reply = CustomerAnswer
    public static let service = ServiceName.intake
    public static let wireName = "customer"

    public var customerId: UUID?
    public var customerNumber: String?

    public init(customerId: UUID? = nil, customerNumber: String? = nil) {
        self.customerId = customerId
        self.customerNumber = customerNumber
    }
}

/// A customer, and how he is reached; `found` false when there is none, or he was erased.
public struct CustomerAnswer: Codable, Sendable, Equatable {
    public var found: Bool
    /// For `expectedVersion`. It counts up with all that is known of him and with how he is reached.
    public var version: Int?
    public var customer: RegisterCustomer?
    /// The customer who stands for him since they were merged: that one is the one to correct.
    public var mergedInto: UUID?

    public init(found: Bool, version: Int? = nil, customer: RegisterCustomer? = nil, mergedInto: UUID? = nil) {
        self.found = found
        self.version = version
        self.customer = customer
        self.mergedInto = mergedInto
    }
}

/// One site as `register-site` corrects it.
public struct SiteQuery: Query, Equatable {
    public typealias Reply = SiteAnswer
    public static let service = ServiceName.intake
    public static let wireName = "site"

    public var siteId: UUID

    public init(siteId: UUID) {
        self.siteId = siteId
    }
}

/// A site; `found` false when there is none.
public struct SiteAnswer: Codable, Sendable, Equatable {
    public var found: Bool
    /// For `expectedVersion`.
    public var version: Int?
    public var site: RegisterSite?

    public init(found: Bool, version: Int? = nil, site: RegisterSite? = nil) {
        self.found = found
        self.version = version
        self.site = site
    }
}

/// One contact as `register-contact` corrects him.
public struct ContactQuery: Query, Equatable {
    public typealias Reply = ContactAnswer
    public static let service = ServiceName.intake
    public static let wireName = "contact"

    public var contactId: UUID

    public init(contactId: UUID) {
        self.contactId = contactId
    }
}

/// Somebody whom one meets or calls at a customer's; `found` false when there is none. How a customer himself is reached stands in
/// `customer`.
public struct ContactAnswer: Codable, Sendable, Equatable {
    public var found: Bool
    /// For `expectedVersion`.
    public var version: Int?
    public var contact: RegisterContact?

    public init(found: Bool, version: Int? = nil, contact: RegisterContact? = nil) {
        self.found = found
        self.version = version
        self.contact = contact
    }
}

/// One product model as `register-product-model` says it, by brand and model.
public struct ProductModelQuery: Query, Equatable {
    public typealias Reply = ProductModelAnswer
    public static let service = ServiceName.intake
    public static let wireName = "product-model"

    public var brand: String?
    public var model: String

    public init(brand: String? = nil, model: String) {
        self.brand = brand
        self.model = model
    }
}

/// A product model; `found` false when there is none.
public struct ProductModelAnswer: Codable, Sendable, Equatable {
    public var found: Bool
    /// For `expectedVersion`.
    public var version: Int?
    public var productModel: RegisterProductModel?

    public init(found: Bool, version: Int? = nil, productModel: RegisterProductModel? = nil) {
        self.found = found
        self.version = version
        self.productModel = productModel
    }
}
