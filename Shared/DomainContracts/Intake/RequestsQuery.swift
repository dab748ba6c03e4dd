import FoundationEssentials

/// Requests of a status, the oldest first: those that are incomplete are the agents' work.
public struct RequestsQuery: Query, Equatable {
    public typealias Reply = RequestsAnswer
    public static let service = ServiceName.intake
    public static let wireName = "requests"

    /// `incomplete` when absent.
    public var status: RequestStatus?
    /// 1 to 100; 20 when absent.
    public var limit: Int?
    /// The last answer's `cursor`.
    public var cursor: String?

    public init(status: RequestStatus? = nil, limit: Int? = nil, cursor: String? = nil) {
        self.status = status
        self.limit = limit
        self.cursor = cursor
    }
}

/// A page of requests.
public struct RequestsAnswer: Codable, Sendable, Equatable {
    public var requests: [RequestSummary]
    /// Asks for more; absent where there are none.
    public var cursor: String?

    public init(requests: [RequestSummary], cursor: String? = nil) {
        self.requests = requests
        self.cursor = cursor
    }
}

/// One request in a list.
public struct RequestSummary: Codable, Sendable, Hashable {
    public var requestId: UUID
    public var requestNumber: String
    public var status: RequestStatus
    public var channel: String
    public var receivedAt: Date
    public var customerId: UUID
    public var contactId: UUID
    public var serviceType: ServiceType?
    public var problem: String?
    /// JSON pointers into the report of what a work order still needs.
    public var missing: [String]
    public var workOrderId: UUID?
    public var workOrderNumber: String?
    /// When its sender was asked again for what is missing.
    public var remindedAt: Date?
    /// When somebody higher up was told last that nobody has completed it.
    public var escalatedAt: Date?
    /// How sure it is, per cent, that it is about the same fault as another; absent where nothing speaks for that.
    public var duplicateConfidence: Int?

    public init(
        requestId: UUID, requestNumber: String, status: RequestStatus, channel: String, receivedAt: Date,
        customerId: UUID, contactId: UUID, serviceType: ServiceType? = nil, problem: String? = nil,
        missing: [String] = [], workOrderId: UUID? = nil, workOrderNumber: String? = nil, remindedAt: Date? = nil,
        escalatedAt: Date? = nil, duplicateConfidence: Int? = nil
    ) {
        self.requestId = requestId
        self.requestNumber = requestNumber
        self.status = status
        self.channel = channel
        self.receivedAt = receivedAt
        self.customerId = customerId
        self.contactId = contactId
        self.serviceType = serviceType
        self.problem = problem
        self.missing = missing
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.remindedAt = remindedAt
        self.escalatedAt = escalatedAt
        self.duplicateConfidence = duplicateConfidence
    }
}
