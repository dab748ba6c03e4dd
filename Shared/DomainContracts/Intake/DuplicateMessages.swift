import FoundationEssentials

/// Says that two work orders are about two faults: the pair is shown as probable duplicates no more.
public struct DismissDuplicate: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "dismiss-duplicate"

    /// The later one, which names the other as its probable duplicate.
    public var workOrderId: UUID
    public var otherWorkOrderId: UUID
    public var reason: String?
    public var expectedVersion: Int?

    public init(workOrderId: UUID, otherWorkOrderId: UUID, reason: String? = nil, expectedVersion: Int? = nil) {
        self.workOrderId = workOrderId
        self.otherWorkOrderId = otherWorkOrderId
        self.reason = reason
        self.expectedVersion = expectedVersion
    }
}

/// Says that a merged work order was about a fault of its own after all: a new order takes it up, with the promise of
/// the first report.
public struct UnmergeWorkOrder: Command, Equatable {
    public typealias Reply = ReportAccepted
    public static let service = ServiceName.intake
    public static let wireName = "unmerge"

    /// The order that was merged; it stays `merged`, and names the one that took its place.
    public var workOrderId: UUID
    public var reason: String
    public var occurredAt: Date?
    public var expectedVersion: Int?

    public init(workOrderId: UUID, reason: String, occurredAt: Date? = nil, expectedVersion: Int? = nil) {
        self.workOrderId = workOrderId
        self.reason = reason
        self.occurredAt = occurredAt
        self.expectedVersion = expectedVersion
    }
}

/// Open work orders that are probably about one fault, and that nobody has decided about: the surest first.
public struct ProbableDuplicatesQuery: Query, Equatable {
    public typealias Reply = ProbableDuplicatesAnswer
    public static let service = ServiceName.intake
    public static let wireName = "probable-duplicates"

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
public struct ProbableDuplicatesAnswer: Codable, Sendable, Equatable {
    public var pairs: [DuplicatePair]
    /// Asks for the page behind this one; absent on the last.
    public var cursor: String?

    public init(pairs: [DuplicatePair], cursor: String? = nil) {
        self.pairs = pairs
        self.cursor = cursor
    }
}

/// Two open orders that are probably about one fault.
public struct DuplicatePair: Codable, Sendable, Equatable {
    /// The later one: the one to merge.
    public var order: DuplicateSide
    /// The earlier one.
    public var other: DuplicateSide
    /// How sure it is, per cent.
    public var confidence: Int
    public var signs: [DuplicateSign]

    public init(order: DuplicateSide, other: DuplicateSide, confidence: Int, signs: [DuplicateSign]) {
        self.order = order
        self.other = other
        self.confidence = confidence
        self.signs = signs
    }
}

/// One order of a pair, as far as one needs it to decide.
public struct DuplicateSide: Codable, Sendable, Equatable {
    public var workOrderId: UUID
    public var workOrderNumber: String
    public var status: WorkOrderStatus
    public var receivedAt: Date
    public var customerId: UUID
    public var deviceId: UUID?
    public var problem: String

    public init(
        workOrderId: UUID, workOrderNumber: String, status: WorkOrderStatus, receivedAt: Date, customerId: UUID,
        deviceId: UUID? = nil, problem: String
    ) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.status = status
        self.receivedAt = receivedAt
        self.customerId = customerId
        self.deviceId = deviceId
        self.problem = problem
    }
}
