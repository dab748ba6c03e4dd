import FoundationEssentials

/// An agent adds what a report lacked; once nothing is missing the request becomes a work order.
public struct CompleteRequest: Command, Equatable {
    public typealias Reply = ReportAccepted
    public static let service = ServiceName.intake
    public static let wireName = "complete-request"

    public var requestId: UUID
    public var customer: ReportedCustomer?
    public var contact: ReportedContact?
    public var device: ReportedDevice?
    public var site: ReportedSite?
    public var serviceType: ServiceType?
    public var serviceMode: ServiceMode?
    public var problem: String?
    public var preferredWindows: [TimeWindow]
    /// Beside what was answered before; see `intake.questionnaire`.
    public var answers: JSONValue?
    public var occurredAt: Date?

    public init(
        requestId: UUID, customer: ReportedCustomer? = nil, contact: ReportedContact? = nil,
        device: ReportedDevice? = nil, site: ReportedSite? = nil, serviceType: ServiceType? = nil,
        serviceMode: ServiceMode? = nil, problem: String? = nil, preferredWindows: [TimeWindow] = [],
        answers: JSONValue? = nil, occurredAt: Date? = nil
    ) {
        self.requestId = requestId
        self.customer = customer
        self.contact = contact
        self.device = device
        self.site = site
        self.serviceType = serviceType
        self.serviceMode = serviceMode
        self.problem = problem
        self.preferredWindows = preferredWindows
        self.answers = answers
        self.occurredAt = occurredAt
    }
}

/// Says that a work order is about the same fault as another; the first ends as `merged`.
public struct MergeWorkOrder: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "merge"

    public var workOrderId: UUID
    public var intoWorkOrderId: UUID
    /// Orders of two customers are merged only where this is said. The merged one's customer hears and sees nothing of the other.
    public var acrossCustomers: Bool?
    public var reason: String?
    public var occurredAt: Date?
    public var expectedVersion: Int?

    public init(
        workOrderId: UUID, intoWorkOrderId: UUID, acrossCustomers: Bool? = nil, reason: String? = nil,
        occurredAt: Date? = nil, expectedVersion: Int? = nil
    ) {
        self.workOrderId = workOrderId
        self.intoWorkOrderId = intoWorkOrderId
        self.acrossCustomers = acrossCustomers
        self.reason = reason
        self.occurredAt = occurredAt
        self.expectedVersion = expectedVersion
    }
}

/// An agent or engineer settled the fault without a visit.
public struct ResolveRemotely: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "resolve-remotely"

    public var workOrderId: UUID
    /// What was done, in a sentence.
    public var remedy: String
    public var minutes: Int
    public var occurredAt: Date?
    public var expectedVersion: Int?

    public init(
        workOrderId: UUID, remedy: String, minutes: Int, occurredAt: Date? = nil, expectedVersion: Int? = nil
    ) {
        self.workOrderId = workOrderId
        self.remedy = remedy
        self.minutes = minutes
        self.occurredAt = occurredAt
        self.expectedVersion = expectedVersion
    }
}

/// Suspends a work order until a date.
public struct HoldWorkOrder: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "hold"

    public var workOrderId: UUID
    public var reason: HoldReason
    /// When the order goes on by itself; must lie in the future.
    public var resumeOn: Date
    public var note: String?
    public var occurredAt: Date?
    public var expectedVersion: Int?

    public init(
        workOrderId: UUID, reason: HoldReason, resumeOn: Date, note: String? = nil, occurredAt: Date? = nil,
        expectedVersion: Int? = nil
    ) {
        self.workOrderId = workOrderId
        self.reason = reason
        self.resumeOn = resumeOn
        self.note = note
        self.occurredAt = occurredAt
        self.expectedVersion = expectedVersion
    }
}

/// Ends a hold, or a wait for the customer, before its date.
public struct ResumeWorkOrder: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "resume"

    public var workOrderId: UUID
    public var preferredWindows: [TimeWindow]
    public var note: String?
    public var occurredAt: Date?
    public var expectedVersion: Int?

    public init(
        workOrderId: UUID, preferredWindows: [TimeWindow] = [], note: String? = nil, occurredAt: Date? = nil,
        expectedVersion: Int? = nil
    ) {
        self.workOrderId = workOrderId
        self.preferredWindows = preferredWindows
        self.note = note
        self.occurredAt = occurredAt
        self.expectedVersion = expectedVersion
    }
}

/// Ends a work order before work was done.
public struct CancelWorkOrder: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "cancel"

    public var workOrderId: UUID
    public var reason: CancelReason
    public var note: String?
    /// The signed link's token, when the customer acts through it.
    public var token: String?
    public var channelUserId: String?
    public var occurredAt: Date?
    public var expectedVersion: Int?

    public init(
        workOrderId: UUID, reason: CancelReason, note: String? = nil, token: String? = nil,
        channelUserId: String? = nil, occurredAt: Date? = nil, expectedVersion: Int? = nil
    ) {
        self.workOrderId = workOrderId
        self.reason = reason
        self.note = note
        self.token = token
        self.channelUserId = channelUserId
        self.occurredAt = occurredAt
        self.expectedVersion = expectedVersion
    }
}

/// The fault is back, or was never gone: reopens an open order, or opens a rework order for a closed one.
public struct ReopenWorkOrder: Command, Equatable {
    public typealias Reply = ReportAccepted
    public static let service = ServiceName.intake
    public static let wireName = "reopen"

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
