import FoundationEssentials

/// One thing that happened, as an event told it.
public struct StoryLine: Codable, Sendable, Hashable {
    /// The event's own id, unique among its service's.
    public var messageId: String
    public var service: String
    /// The event's name, as in `visit-ended`.
    public var kind: String
    public var at: Date
    public var workOrderId: UUID?
    /// Who did it: `user`, `engineer`, `customer`, `adapter`, `service`, and which.
    public var actorType: String?
    public var actorId: String?
    /// Of contacts with the customer: the channel, where one is known.
    public var channel: String?
    /// Set on contacts with the customer alone.
    public var direction: ContactDirection?
    /// What somebody said, in his own words.
    public var text: String?
    /// Codes and figures by name, as in `reason`, `status`, `partCode`.
    public var parameters: [String: String]
    public var money: Money?

    public init(
        messageId: String, service: String, kind: String, at: Date, workOrderId: UUID? = nil, actorType: String? = nil,
        actorId: String? = nil, channel: String? = nil, direction: ContactDirection? = nil, text: String? = nil,
        parameters: [String: String] = [:], money: Money? = nil
    ) {
        self.messageId = messageId
        self.service = service
        self.kind = kind
        self.at = at
        self.workOrderId = workOrderId
        self.actorType = actorType
        self.actorId = actorId
        self.channel = channel
        self.direction = direction
        self.text = text
        self.parameters = parameters
        self.money = money
    }
}

/// Who spoke to whom.
public struct ContactDirection: OpenEnum {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The customer to us.
    public static let inbound = ContactDirection(rawValue: "inbound")
    /// We to the customer.
    public static let outbound = ContactDirection(rawValue: "outbound")

    public static let known: [Self] = [.inbound, .outbound]
}

/// Every contact with a customer, or about one work order, on every channel, the newest first. Name one of them.
public struct InteractionsQuery: Query, Equatable {
    public typealias Reply = Interactions
    public static let service = ServiceName.console
    public static let wireName = "interactions"

    public var customerId: UUID?
    public var workOrderId: UUID?
    public var workOrderNumber: String?
    /// 1 to 200; 50 when absent.
    public var limit: Int?
    /// The last answer's `cursor`, for the page behind it.
    public var cursor: String?

    public init(
        customerId: UUID? = nil, workOrderId: UUID? = nil, workOrderNumber: String? = nil, limit: Int? = nil,
        cursor: String? = nil
    ) {
        self.customerId = customerId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.limit = limit
        self.cursor = cursor
    }
}

/// The interaction log 沟通日志; `found` false when nothing is known of whom or what it was asked for.
public struct Interactions: Codable, Sendable, Equatable {
    public var found: Bool
    public var interactions: [StoryLine]
    /// Asks for the page behind this one; absent on the last.
    public var cursor: String?

    public init(found: Bool, interactions: [StoryLine] = [], cursor: String? = nil) {
        self.found = found
        self.interactions = interactions
        self.cursor = cursor
    }
}

/// Everything that happened to one device, in order: requests, orders, visits, findings, parts, costs, surveys. Name it by id or
/// serial number.
public struct DeviceHistoryQuery: Query, Equatable {
    public typealias Reply = DeviceHistory
    public static let service = ServiceName.console
    public static let wireName = "device-history"

    public var deviceId: UUID?
    public var serialNumber: String?
    /// 1 to 200; 50 when absent.
    public var limit: Int?
    /// The last answer's `cursor`, for the page behind it.
    public var cursor: String?
    /// `past_services`: these alone, by pages, and no lines. Absent: the lines, and the newest 200 past services.
    public var list: OverviewList?

    public init(
        deviceId: UUID? = nil, serialNumber: String? = nil, limit: Int? = nil, cursor: String? = nil,
        list: OverviewList? = nil
    ) {
        self.list = list
        self.deviceId = deviceId
        self.serialNumber = serialNumber
        self.limit = limit
        self.cursor = cursor
    }
}

/// A device and what happened to it, the oldest first.
public struct DeviceHistory: Codable, Sendable, Equatable {
    public var found: Bool
    public var device: DeviceChanged?
    /// Work orders about it.
    public var workOrders: Int?
    public var lines: [StoryLine]
    /// Asks for the page behind this one; absent on the last.
    public var cursor: String?
    /// Records for which it stands: what happened to them is among the lines. Nil as none.
    public var mergedDeviceIds: [UUID]?
    /// What was done to it before Mendloop, the newest first, at most 200; absent where that was nothing.
    public var pastServices: [PastServiceRecorded]?
    /// `past_services` where there is more of them than is shown. Nil as none.
    public var more: [OverviewList]?

    public init(
        found: Bool, device: DeviceChanged? = nil, workOrders: Int? = nil, lines: [StoryLine] = [],
        cursor: String? = nil, mergedDeviceIds: [UUID]? = nil, pastServices: [PastServiceRecorded]? = nil,
        more: [OverviewList]? = nil
    ) {
        self.more = more
        self.found = found
        self.device = device
        self.workOrders = workOrders
        self.lines = lines
        self.cursor = cursor
        self.mergedDeviceIds = mergedDeviceIds
        self.pastServices = pastServices
    }
}
