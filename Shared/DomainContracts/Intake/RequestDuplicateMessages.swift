import FoundationEssentials

/// Says that an incomplete request is about the fault of a work order that is open: it ends as `merged`, what was said in it
/// is kept as a message of the order, and its link shows that order.
public struct MergeServiceRequest: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "merge-request"

    public var requestId: UUID
    /// An order of the same customer.
    public var intoWorkOrderId: UUID
    public var reason: String?
    public var occurredAt: Date?
    /// The request's version.
    public var expectedVersion: Int?

    public init(
        requestId: UUID, intoWorkOrderId: UUID, reason: String? = nil, occurredAt: Date? = nil,
        expectedVersion: Int? = nil
    ) {
        self.requestId = requestId
        self.intoWorkOrderId = intoWorkOrderId
        self.reason = reason
        self.occurredAt = occurredAt
        self.expectedVersion = expectedVersion
    }
}

/// Says that a merged request was about a fault of its own after all: it is incomplete again, or becomes a work order where
/// nothing is missing any more. What was kept as a message of the other order stays there.
public struct UnmergeServiceRequest: Command, Equatable {
    public typealias Reply = ReportAccepted
    public static let service = ServiceName.intake
    public static let wireName = "unmerge-request"

    public var requestId: UUID
    public var reason: String
    /// The request's version.
    public var expectedVersion: Int?

    public init(requestId: UUID, reason: String, expectedVersion: Int? = nil) {
        self.requestId = requestId
        self.reason = reason
        self.expectedVersion = expectedVersion
    }
}

/// Says that an incomplete request is about another fault than what it names as a probable duplicate: the pair is shown no
/// more, neither now nor when the request becomes a work order.
public struct DismissRequestDuplicate: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "dismiss-request-duplicate"

    /// The one that names the other.
    public var requestId: UUID
    /// Either this or `otherRequestId`.
    public var otherWorkOrderId: UUID?
    public var otherRequestId: UUID?
    public var reason: String?
    /// The request's version.
    public var expectedVersion: Int?

    public init(
        requestId: UUID, otherWorkOrderId: UUID? = nil, otherRequestId: UUID? = nil, reason: String? = nil,
        expectedVersion: Int? = nil
    ) {
        self.requestId = requestId
        self.otherWorkOrderId = otherWorkOrderId
        self.otherRequestId = otherRequestId
        self.reason = reason
        self.expectedVersion = expectedVersion
    }
}

/// An incomplete request was found to be about a work order's fault. Subject `service-request/<id>`.
public struct RequestMerged: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "request-merged"

    public var requestId: UUID
    public var requestNumber: String
    public var customerId: UUID
    public var contactId: UUID
    /// The order into which it was merged.
    public var workOrderId: UUID
    public var workOrderNumber: String
    public var reason: String?
    public var mergedAt: Date

    public init(
        requestId: UUID, requestNumber: String, customerId: UUID, contactId: UUID, workOrderId: UUID,
        workOrderNumber: String, reason: String? = nil, mergedAt: Date
    ) {
        self.requestId = requestId
        self.requestNumber = requestNumber
        self.customerId = customerId
        self.contactId = contactId
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.reason = reason
        self.mergedAt = mergedAt
    }
}

/// Incomplete requests that are probably about the fault of an open work order or of an earlier incomplete request, and that
/// nobody has decided about: the surest first.
public struct ProbableRequestDuplicatesQuery: Query, Equatable {
    public typealias Reply = ProbableRequestDuplicatesAnswer
    public static let service = ServiceName.intake
    public static let wireName = "probable-request-duplicates"

    /// Only this customer's.
    public var customerId: UUID?
    /// 1 to 100; 20 when absent.
    public var limit: Int?
    /// The last answer's `cursor`, for the page behind it.
    public var cursor: String?

    public init(customerId: UUID? = nil, limit: Int? = nil, cursor: String? = nil) {
        self.customerId = customerId
        self.limit = limit
        self.cursor = cursor
    }
}

/// Pairs to be decided about.
public struct ProbableRequestDuplicatesAnswer: Codable, Sendable, Equatable {
    public var pairs: [RequestDuplicatePair]
    /// Asks for the page behind this one; absent on the last.
    public var cursor: String?

    public init(pairs: [RequestDuplicatePair], cursor: String? = nil) {
        self.pairs = pairs
        self.cursor = cursor
    }
}

/// An incomplete request, and the open order or the other incomplete request that is probably about the same fault.
public struct RequestDuplicatePair: Codable, Sendable, Equatable {
    /// The one to merge.
    public var request: RequestDuplicateSide
    public var order: DuplicateSide?
    /// Where there is no order yet: the earlier request.
    public var other: RequestDuplicateSide?
    /// How sure it is, per cent.
    public var confidence: Int
    public var signs: [DuplicateSign]

    public init(
        request: RequestDuplicateSide, order: DuplicateSide? = nil, other: RequestDuplicateSide? = nil,
        confidence: Int, signs: [DuplicateSign]
    ) {
        self.request = request
        self.order = order
        self.other = other
        self.confidence = confidence
        self.signs = signs
    }
}

/// One request of a pair, as far as one needs it to decide.
public struct RequestDuplicateSide: Codable, Sendable, Equatable {
    public var requestId: UUID
    public var requestNumber: String
    public var receivedAt: Date
    public var customerId: UUID
    public var deviceId: UUID?
    public var problem: String?
    /// JSON pointers into the report of what a work order still needs.
    public var missing: [String]

    public init(
        requestId: UUID, requestNumber: String, receivedAt: Date, customerId: UUID, deviceId: UUID? = nil,
        problem: String? = nil, missing: [String] = []
    ) {
        self.requestId = requestId
        self.requestNumber = requestNumber
        self.receivedAt = receivedAt
        self.customerId = customerId
        self.deviceId = deviceId
        self.problem = problem
        self.missing = missing
    }
}
