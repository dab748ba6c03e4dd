import FoundationEssentials

/// Finds customers, contacts, sites, devices, product models, requests and work orders by what people say of them: a
/// name, a word of the fault (two Chinese characters are enough), a serial number or its last four, a phone without its
/// prefix.
public struct SearchRegistry: Query, Equatable {
    public typealias Reply = SearchRegistryAnswer
    public static let service = ServiceName.intake
    public static let wireName = "search-registry"

    /// At least two characters; every word of it must be found.
    public var text: String
    /// Only these kinds; all when empty.
    public var kinds: [RegistryKind]
    /// 1 to 100; 20 when absent.
    public var limit: Int?
    /// The last answer's `cursor`, for the page behind it.
    public var cursor: String?

    public init(text: String, kinds: [RegistryKind] = [], limit: Int? = nil, cursor: String? = nil) {
        self.text = text
        self.kinds = kinds
        self.limit = limit
        self.cursor = cursor
    }
}

/// What was found: exact matches first.
public struct SearchRegistryAnswer: Codable, Sendable, Equatable {
    public var hits: [RegistryHit]
    /// Asks for the page behind this one; absent on the last.
    public var cursor: String?

    public init(hits: [RegistryHit], cursor: String? = nil) {
        self.hits = hits
        self.cursor = cursor
    }
}

/// One thing that was found.
public struct RegistryHit: Codable, Sendable, Equatable {
    public var kind: RegistryKind
    public var id: UUID
    /// What people know it by: a name, a serial number, an order's number.
    public var title: String
    /// What tells it from others of that title.
    public var detail: String?
    public var match: SearchMatch
    /// Whose it is.
    public var customerId: UUID?
    /// The device that a request or work order is about.
    public var deviceId: UUID?

    public init(
        kind: RegistryKind, id: UUID, title: String, detail: String? = nil, match: SearchMatch,
        customerId: UUID? = nil, deviceId: UUID? = nil
    ) {
        self.kind = kind
        self.id = id
        self.title = title
        self.detail = detail
        self.match = match
        self.customerId = customerId
        self.deviceId = deviceId
    }
}

/// One device with its whole service history, by id, code or serial number.
public struct DeviceQuery: Query, Equatable {
    public typealias Reply = DeviceAnswer
    public static let service = ServiceName.intake
    public static let wireName = "device"

    public var deviceId: UUID?
    public var code: String?
    public var serialNumber: String?

    public init(deviceId: UUID? = nil, code: String? = nil, serialNumber: String? = nil) {
        self.deviceId = deviceId
        self.code = code
        self.serialNumber = serialNumber
    }
}

/// A device as intake holds it; `found` false when there is none.
public struct DeviceAnswer: Codable, Sendable, Equatable {
    public var found: Bool
    public var device: DeviceChanged?
    /// Work orders about it, the newest first; at most 200.
    public var orders: [DeviceOrder]
    /// Records for which it stands, however they came to be merged into it; nil as none. Their orders are among its own.
    public var mergedDeviceIds: [UUID]?
    /// Of the device that is shown, for `expectedVersion`.
    public var version: Int?

    public init(
        found: Bool, device: DeviceChanged? = nil, orders: [DeviceOrder] = [], mergedDeviceIds: [UUID]? = nil,
        version: Int? = nil
    ) {
        self.found = found
        self.device = device
        self.orders = orders
        self.mergedDeviceIds = mergedDeviceIds
        self.version = version
    }
}

/// A work order in a device's history.
public struct DeviceOrder: Codable, Sendable, Equatable {
    public var workOrderId: UUID
    public var workOrderNumber: String
    public var status: WorkOrderStatus
    public var outcome: Outcome?
    public var serviceType: ServiceType
    public var problem: String
    public var receivedAt: Date

    public init(
        workOrderId: UUID, workOrderNumber: String, status: WorkOrderStatus, outcome: Outcome? = nil,
        serviceType: ServiceType, problem: String, receivedAt: Date
    ) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.status = status
        self.outcome = outcome
        self.serviceType = serviceType
        self.problem = problem
        self.receivedAt = receivedAt
    }
}
