import DomainContracts
import FoundationEssentials

/// A person or company we serve.
struct Customer: Codable, Sendable, Equatable {
    let id: UUID
    var name: String?
    var kind: CustomerKind?
    /// The number in the company's books.
    var customerNumber: String?
    /// Ours to say; nil as standard.
    var tier: CustomerTier?
    var industry: String?
    /// Where he was served last.
    var lastSiteId: UUID?
    /// Who stands for him since the two were found to be one.
    var mergedInto: UUID?
    /// Customers who were merged into him, himself; nil as none.
    var mergedCustomerIds: [UUID]?
    /// His latest requests that were found incomplete, the newest last: what is reported next may be the same fault.
    var incompleteRequestIds: [UUID]?
    /// Since when he is forgotten: nothing leads to him any more, and nothing is learnt of him.
    var erasedAt: Date?

    var isErased: Bool { erasedAt != nil }

    /// Takes what a report adds; a name or kind that is known is corrected by people, not by reports.
    mutating func learn(from reported: ReportedCustomer?) {
        name = name ?? reported?.name
        kind = kind ?? reported?.kind
        customerNumber = customerNumber ?? reported?.customerNumber
    }
}

/// How a person is reached: the customer himself, or whom to meet on site.
struct ContactPoint: Codable, Sendable, Equatable {
    let id: UUID
    let customerId: UUID
    var name: String?
    /// E.164.
    var phone: String?
    var phoneExtension: String?
    /// When a privacy number stops working.
    var phoneValidUntil: Date?
    var email: String?
    var address: String?
    /// What he does there, of somebody whom one meets on site.
    var role: String?
    var channel: String
    var channelUserId: String?
    var language: String

    init(id: UUID, customerId: UUID, channel: String, language: String) {
        self.id = id
        self.customerId = customerId
        self.channel = channel
        self.language = language
    }

    /// The newest way to reach him wins; what a report does not say stays.
    mutating func learn(from report: ReportRepair) {
        channel = report.channel
        if let user = report.customer?.channelUserId { channelUserId = user }
        name = report.customer?.name ?? name
        phone = report.customer?.phone ?? phone
        email = report.customer?.email ?? email
        address = report.site?.address ?? address
        language = report.language ?? language
    }

    /// Whether a report names just these ways to reach him, on the same channel: not one more, not one less.
    func isReached(asIn report: ReportRepair) -> Bool { LookupKey.ways(report) == LookupKey.ways(asReported) }

    /// As a report would name him.
    private var asReported: ReportRepair {
        ReportRepair(
            channel: channel, customer: ReportedCustomer(phone: phone, email: email, channelUserId: channelUserId))
    }

    /// Whether a report says nothing of him that is not known.
    func isSaid(by contact: ReportedContact) -> Bool {
        var taught = self
        taught.learn(from: contact)
        return taught == self
    }

    mutating func learn(from contact: ReportedContact) {
        name = contact.name ?? name
        phone = contact.phone ?? phone
        phoneExtension = contact.extension ?? phoneExtension
        phoneValidUntil = contact.validUntil ?? phoneValidUntil
    }
}

extension ReportedContact {
    /// All that is said of him, as one key: who is said to be another is another.
    var words: String {
        [name, phone, self.extension, validUntil.map { RFC3339.format($0) }].map { $0 ?? "" }.joined(separator: "\n")
    }
}

/// Where devices stand.
struct Site: Codable, Sendable, Equatable {
    let id: UUID
    let customerId: UUID
    /// As people call it.
    var name: String?
    var address: String?
    var regionCode: String?
    var accessNotes: String?
    var location: Coordinates?
    /// The latest work orders here, the newest last: a new one may be about the same fault.
    var latestWorkOrderIds: [UUID]?

    /// The same place has the same key, whoever writes it: by its address, else its coordinates, else its region.
    static func key(_ site: ReportedSite) -> String? {
        if let address = site.address { return "address:" + address.lowercased().filter { !$0.isWhitespace } }
        if let at = site.location { return "location:\(at.latitude),\(at.longitude),\(at.crs.rawValue)" }
        return site.regionCode.map { "region:\($0)" }
    }

    mutating func note(order: UUID) {
        latestWorkOrderIds = ((latestWorkOrderIds ?? []).filter { $0 != order } + [order])
            .suffix(DuplicateRule.compared)
    }

    mutating func learn(from site: ReportedSite) {
        address = site.address ?? address
        regionCode = site.regionCode ?? regionCode
        accessNotes = site.accessNotes ?? accessNotes
        location = site.location ?? location
    }
}

/// A device in somebody's hands 设备档案.
struct Device: Codable, Sendable, Equatable {
    let id: UUID
    var customerId: UUID
    var serialNumber: String?
    var code: String?
    var model: String?
    var category: String?
    var brand: String?
    var department: String?
    /// In service when nobody said otherwise.
    var standing: DeviceStanding?
    /// Calendar days, `YYYY-MM-DD`.
    var purchasedOn: String?
    var installedOn: String?
    /// Last day of the warranty.
    var warrantyEndsOn: String?
    /// True: that day was reckoned by its model, and follows it and the dates. False: somebody said it. Nil where that was not kept.
    var isWarrantyModels: Bool?
    var contractNumber: String?
    /// What was wrong with it lately, the newest first: people look for devices by it.
    var faults: String?
    var siteId: UUID?
    /// The last order about it: still open, it makes a new report suspect of being about the same fault.
    var lastWorkOrderId: UUID?
    /// The latest requests about it that were found incomplete, the newest last.
    var incompleteRequestIds: [UUID]?
    /// The record that stands for both since they were found to be one device.
    var mergedInto: UUID?
    /// Records that were merged into it, itself; nil as none.
    var mergedDeviceIds: [UUID]?

    init(id: UUID, customerId: UUID) {
        self.id = id
        self.customerId = customerId
    }

    /// What a report adds; what is known stays, because a reporter reads labels less well than an import.
    mutating func learn(from reported: ReportedDevice?) {
        // What is read off it may be the label of a record for which it stands.
        if mergedDeviceIds == nil {
            serialNumber = serialNumber ?? reported?.serialNumber
            code = code ?? reported?.code
        }
        model = model ?? reported?.model
        category = category ?? reported?.category
        brand = brand ?? reported?.brand
        purchasedOn = purchasedOn ?? reported?.purchasedOn
    }

    /// Most characters of `faults`.
    static let faultsLimit = 400

    /// Remembers what is wrong this time.
    mutating func note(fault: String) {
        let older = faults.map { "\n" + $0 } ?? ""
        faults = String((fault + older).prefix(Self.faultsLimit))
    }

    /// Whether it may be the one of a brand: nobody said otherwise.
    func isOf(_ said: String?) -> Bool {
        guard let said, let brand else { return true }
        return Self.normalised(said) == Self.normalised(brand)
    }

    /// Labels are read aloud and typed off: case and blanks tell nothing apart.
    static func normalised(_ label: String) -> String { label.uppercased().filter { !$0.isWhitespace } }
}

/// Finds a customer or device by what is printed or dialled; its id is derived from the key.
struct LookupEntry: Codable, Sendable, Equatable {
    /// `phone:+8613800138000`, `serial:AC-1` …
    var key: String
    var target: UUID
    /// True: somebody corrected it away, and it leads to nobody until somebody has it. Nil as false.
    var isFree: Bool?
    /// Other devices that have the serial number, of other brands; nil as none.
    var alsoTargets: [UUID]?

    /// More are not kept: without its brand it leads to none of them.
    static let mostOthers = 20
}
