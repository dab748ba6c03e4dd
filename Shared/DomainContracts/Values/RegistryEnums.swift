/// Whether a device is in use 设备状态.
public struct DeviceStanding: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let inService = DeviceStanding(rawValue: "in_service")
    public static let outOfService = DeviceStanding(rawValue: "out_of_service")
    public static let scrapped = DeviceStanding(rawValue: "scrapped")
    /// Taken back by whoever sold it.
    public static let returned = DeviceStanding(rawValue: "returned")

    public static let known: [Self] = [.inService, .outOfService, .scrapped, .returned]
}

/// What the registry holds and finds.
public struct RegistryKind: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let customer = RegistryKind(rawValue: "customer")
    public static let contact = RegistryKind(rawValue: "contact")
    public static let site = RegistryKind(rawValue: "site")
    public static let device = RegistryKind(rawValue: "device")
    public static let productModel = RegistryKind(rawValue: "product_model")
    public static let request = RegistryKind(rawValue: "request")
    public static let workOrder = RegistryKind(rawValue: "work_order")
    /// What was done before Mendloop.
    public static let pastService = RegistryKind(rawValue: "past_service")

    public static let known: [Self] = [
        .customer, .contact, .site, .device, .productModel, .request, .workOrder, .pastService,
    ]
}

/// What became of one row of an import.
public struct RowOutcome: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let created = RowOutcome(rawValue: "created")
    public static let updated = RowOutcome(rawValue: "updated")
    public static let unchanged = RowOutcome(rawValue: "unchanged")
    /// It is probably somebody we know under another number: nothing was written.
    public static let duplicate = RowOutcome(rawValue: "duplicate")
    /// It claims what somebody else holds: nothing was written.
    public static let conflict = RowOutcome(rawValue: "conflict")
    /// Members of it are wrong: nothing was written.
    public static let invalid = RowOutcome(rawValue: "invalid")

    public static let known: [Self] = [.created, .updated, .unchanged, .duplicate, .conflict, .invalid]
}

/// How well a thing fits what was searched for.
public struct SearchMatch: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A whole name, number, serial number or phone.
    public static let exact = SearchMatch(rawValue: "exact")
    /// It holds every word, or a label's beginning or end.
    public static let contained = SearchMatch(rawValue: "contained")
    /// A name that is spelled much like it.
    public static let similar = SearchMatch(rawValue: "similar")

    public static let known: [Self] = [.exact, .contained, .similar]
}

/// How a report's customer or device was recognised; docs/registry.md has the table.
public struct MatchRule: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let customerNumber = MatchRule(rawValue: "customer_number")
    public static let deviceCode = MatchRule(rawValue: "device_code")
    public static let serialNumber = MatchRule(rawValue: "serial_number")
    public static let channelUser = MatchRule(rawValue: "channel_user")
    public static let phone = MatchRule(rawValue: "phone")
    public static let email = MatchRule(rawValue: "email")
    public static let nameAndAddress = MatchRule(rawValue: "name_and_address")
    /// Somebody who has reported for him before, and whose own contact is kept.
    public static let reporter = MatchRule(rawValue: "reporter")
    /// A maintenance plan names him.
    public static let plan = MatchRule(rawValue: "plan")
    /// It was not recognised: a new one was made.
    public static let created = MatchRule(rawValue: "created")

    public static let known: [Self] = [
        .customerNumber, .deviceCode, .serialNumber, .channelUser, .phone, .email, .nameAndAddress, .reporter,
        .plan, .created,
    ]
}
