import FoundationEssentials

/// A customer, or somebody for him, says that something needs service (`intake.report-repair.<channel>`).
public struct ReportRepair: Command, Equatable {
    public typealias Reply = ReportAccepted
    public static let service = ServiceName.intake
    public static let wireName = "report-repair"
    public static let isChannelled = true

    /// The channel that took the report; the routing key's last word and the envelope's source must say the same.
    public var channel: String
    /// The channel's own id of the report.
    public var externalId: String?
    /// When the customer said it; the SLA clocks start here. The envelope's time when absent.
    public var reportedAt: Date?
    public var faultOccurredAt: Date?
    public var customer: ReportedCustomer?
    public var contact: ReportedContact?
    public var device: ReportedDevice?
    public var serviceType: ServiceType?
    public var serviceMode: ServiceMode?
    public var urgency: Urgency?
    public var safetyHazard: Bool?
    /// What is wrong, in the customer's words.
    public var problem: String?
    public var faultCode: String?
    public var customerReference: String?
    /// The number or id of a work order that this report belongs to.
    public var relatedWorkOrder: String?
    public var site: ReportedSite?
    public var preferredWindows: [TimeWindow]
    public var attachments: [Attachment]
    public var answers: JSONValue?
    public var customFields: JSONValue?
    /// BCP 47 language tag for what we write to the customer, `zh-Hans` when absent.
    public var language: String?

    public init(
        channel: String, externalId: String? = nil, reportedAt: Date? = nil, faultOccurredAt: Date? = nil,
        customer: ReportedCustomer? = nil, contact: ReportedContact? = nil, device: ReportedDevice? = nil,
        serviceType: ServiceType? = nil, serviceMode: ServiceMode? = nil, urgency: Urgency? = nil,
        safetyHazard: Bool? = nil, problem: String? = nil, faultCode: String? = nil,
        customerReference: String? = nil, relatedWorkOrder: String? = nil, site: ReportedSite? = nil,
        preferredWindows: [TimeWindow] = [], attachments: [Attachment] = [], answers: JSONValue? = nil,
        customFields: JSONValue? = nil, language: String? = nil
    ) {
        self.channel = channel
        self.externalId = externalId
        self.reportedAt = reportedAt
        self.faultOccurredAt = faultOccurredAt
        self.customer = customer
        self.contact = contact
        self.device = device
        self.serviceType = serviceType
        self.serviceMode = serviceMode
        self.urgency = urgency
        self.safetyHazard = safetyHazard
        self.problem = problem
        self.faultCode = faultCode
        self.customerReference = customerReference
        self.relatedWorkOrder = relatedWorkOrder
        self.site = site
        self.preferredWindows = preferredWindows
        self.attachments = attachments
        self.answers = answers
        self.customFields = customFields
        self.language = language
    }
}

/// Who reports. At least a phone, an e-mail address or a channel user id is needed unless a device is named.
public struct ReportedCustomer: Codable, Sendable, Hashable {
    public var name: String?
    public var phone: String?
    public var email: String?
    public var kind: CustomerKind?
    /// The customer's number in our books, known from a contract or an import.
    public var customerNumber: String?
    public var channelUserId: String?

    public init(
        name: String? = nil, phone: String? = nil, email: String? = nil, kind: CustomerKind? = nil,
        customerNumber: String? = nil, channelUserId: String? = nil
    ) {
        self.name = name
        self.phone = phone
        self.email = email
        self.kind = kind
        self.customerNumber = customerNumber
        self.channelUserId = channelUserId
    }
}

/// Whom to meet or call on site, when it is not the customer.
public struct ReportedContact: Codable, Sendable, Hashable {
    public var name: String?
    public var phone: String?
    public var `extension`: String?
    /// When a privacy number stops working.
    public var validUntil: Date?

    public init(name: String? = nil, phone: String? = nil, `extension`: String? = nil, validUntil: Date? = nil) {
        self.name = name
        self.phone = phone
        self.`extension` = `extension`
        self.validUntil = validUntil
    }
}

/// The device as the reporter knows it.
public struct ReportedDevice: Codable, Sendable, Hashable {
    public var serialNumber: String?
    /// Our own code, as printed on the device's QR label.
    public var code: String?
    public var model: String?
    public var category: String?
    public var brand: String?
    /// Calendar date `YYYY-MM-DD`.
    public var purchasedOn: String?
    public var state: DeviceState?

    public init(
        serialNumber: String? = nil, code: String? = nil, model: String? = nil, category: String? = nil,
        brand: String? = nil, purchasedOn: String? = nil, state: DeviceState? = nil
    ) {
        self.serialNumber = serialNumber
        self.code = code
        self.model = model
        self.category = category
        self.brand = brand
        self.purchasedOn = purchasedOn
        self.state = state
    }
}

/// Where the device stands.
public struct ReportedSite: Codable, Sendable, Hashable {
    public var address: String?
    /// Administrative region code, six digits in China (`110105`).
    public var regionCode: String?
    public var accessNotes: String?
    public var location: Coordinates?

    public init(
        address: String? = nil, regionCode: String? = nil, accessNotes: String? = nil, location: Coordinates? = nil
    ) {
        self.address = address
        self.regionCode = regionCode
        self.accessNotes = accessNotes
        self.location = location
    }
}

/// A file that travels by reference.
public struct Attachment: Codable, Sendable, Hashable {
    public var dataref: String
    public var mediaType: String
    public var sha256: String?

    public init(dataref: String, mediaType: String, sha256: String? = nil) {
        self.dataref = dataref
        self.mediaType = mediaType
        self.sha256 = sha256
    }
}

/// The answer to a report: what was made of it.
public struct ReportAccepted: Codable, Sendable, Equatable {
    public var requestId: UUID
    /// What people read: `SR-20261121-000042`.
    public var requestNumber: String
    public var workOrderId: UUID?
    /// What people read: `WO-20261121-000042`.
    public var workOrderNumber: String?
    /// The work order's status, or the request's while there is no work order.
    public var status: String
    public var version: Int
    /// Signed link by which the customer follows the request.
    public var link: String

    public init(
        requestId: UUID, requestNumber: String, workOrderId: UUID? = nil, workOrderNumber: String? = nil,
        status: String, version: Int, link: String
    ) {
        self.requestId = requestId
        self.requestNumber = requestNumber
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.status = status
        self.version = version
        self.link = link
    }
}
