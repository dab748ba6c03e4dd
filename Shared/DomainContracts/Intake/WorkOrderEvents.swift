import FoundationEssentials

/// A work order exists: what was promised, to whom, and what it takes. Subject `work-order/<id>`.
public struct WorkOrderOpened: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "work-order-opened"

    public var workOrderId: UUID
    public var workOrderNumber: String
    public var requestId: UUID
    public var status: WorkOrderStatus
    public var receivedAt: Date
    public var channel: String
    public var customerId: UUID
    /// The contact to inform; his data travel in `contact-changed`.
    public var contactId: UUID
    public var siteId: UUID?
    public var deviceId: UUID?
    public var serviceType: ServiceType
    public var serviceMode: ServiceMode
    public var priority: Priority
    public var category: String?
    public var brand: String?
    public var model: String?
    public var problem: String
    public var faultCode: String?
    public var regionCode: String?
    public var location: Coordinates?
    public var entitlement: Entitlement
    public var clocks: [ClockState]
    public var need: DispatchNeed?
    /// The order whose repair did not hold; this one is free of charge.
    public var reworkOf: UUID?
    public var relatedWorkOrderId: UUID?
    /// Open orders that are probably about the same fault, the surest first.
    public var probableDuplicates: [ProbableDuplicate]
    /// Incomplete requests that are probably about the same fault, the surest first.
    public var probableDuplicateRequests: [RequestDuplicate]
    /// The merged order whose place it takes.
    public var unmergedFrom: UUID?
    public var language: String
    /// Nil where nobody has said.
    public var customerTier: CustomerTier?

    public init(
        workOrderId: UUID, workOrderNumber: String, requestId: UUID, status: WorkOrderStatus, receivedAt: Date,
        channel: String, customerId: UUID, contactId: UUID, siteId: UUID? = nil, deviceId: UUID? = nil,
        serviceType: ServiceType, serviceMode: ServiceMode, priority: Priority, category: String? = nil,
        brand: String? = nil, model: String? = nil, problem: String, faultCode: String? = nil,
        regionCode: String? = nil, location: Coordinates? = nil, entitlement: Entitlement, clocks: [ClockState] = [],
        need: DispatchNeed? = nil, reworkOf: UUID? = nil, relatedWorkOrderId: UUID? = nil, language: String,
        customerTier: CustomerTier? = nil, probableDuplicates: [ProbableDuplicate] = [],
        probableDuplicateRequests: [RequestDuplicate] = [], unmergedFrom: UUID? = nil
    ) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.requestId = requestId
        self.status = status
        self.receivedAt = receivedAt
        self.channel = channel
        self.customerId = customerId
        self.contactId = contactId
        self.siteId = siteId
        self.deviceId = deviceId
        self.serviceType = serviceType
        self.serviceMode = serviceMode
        self.priority = priority
        self.category = category
        self.brand = brand
        self.model = model
        self.problem = problem
        self.faultCode = faultCode
        self.regionCode = regionCode
        self.location = location
        self.entitlement = entitlement
        self.clocks = clocks
        self.need = need
        self.reworkOf = reworkOf
        self.relatedWorkOrderId = relatedWorkOrderId
        self.language = language
        self.customerTier = customerTier
        self.probableDuplicates = probableDuplicates
        self.probableDuplicateRequests = probableDuplicateRequests
        self.unmergedFrom = unmergedFrom
    }
}

/// The status of a work order changed, or somebody is needed (again). Routed with the new status as last word, and with
/// `pending_dispatch` whenever somebody is needed.
public struct WorkOrderChanged: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "work-order-changed"
    public static let lastWord: String? = "status"

    public var workOrderId: UUID
    public var workOrderNumber: String
    public var status: WorkOrderStatus
    public var previousStatus: WorkOrderStatus
    /// Who acts next.
    public var responsible: ResponsibleParty
    public var reason: String?
    public var occurredAt: Date
    /// Set when dispatch has to find somebody (a new round), nil when it has nothing to do.
    public var need: DispatchNeed?
    public var clocks: [ClockState]

    public init(
        workOrderId: UUID, workOrderNumber: String, status: WorkOrderStatus, previousStatus: WorkOrderStatus,
        responsible: ResponsibleParty, reason: String? = nil, occurredAt: Date, need: DispatchNeed? = nil,
        clocks: [ClockState] = []
    ) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.status = status
        self.previousStatus = previousStatus
        self.responsible = responsible
        self.reason = reason
        self.occurredAt = occurredAt
        self.need = need
        self.clocks = clocks
    }

    /// The routing key's last word.
    public var routedStatus: WorkOrderStatus { need == nil ? status : .pendingDispatch }
}

/// A work order reached `closed`, `cancelled` or `merged`.
public struct WorkOrderClosed: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "work-order-closed"

    public var workOrderId: UUID
    public var workOrderNumber: String
    public var status: WorkOrderStatus
    public var closureCode: ClosureCode
    public var outcome: Outcome?
    public var mergedInto: UUID?
    public var reason: String?
    public var closedAt: Date
    public var figures: WorkOrderFigures
    public var clocks: [ClockState]

    public init(
        workOrderId: UUID, workOrderNumber: String, status: WorkOrderStatus, closureCode: ClosureCode,
        outcome: Outcome? = nil, mergedInto: UUID? = nil, reason: String? = nil, closedAt: Date,
        figures: WorkOrderFigures, clocks: [ClockState] = []
    ) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.status = status
        self.closureCode = closureCode
        self.outcome = outcome
        self.mergedInto = mergedInto
        self.reason = reason
        self.closedAt = closedAt
        self.figures = figures
        self.clocks = clocks
    }
}

/// What the KPI table needs of one order, computed when it ends.
public struct WorkOrderFigures: Codable, Sendable, Hashable {
    public var receivedAt: Date
    /// First human action; nil when nobody acted.
    public var firstResponseAt: Date?
    public var resolvedAt: Date?
    /// Time that pauses took out of the resolution clock, seconds.
    public var pausedSeconds: Int
    public var visits: Int
    public var reachedInProgress: Bool
    public var resolvedRemotely: Bool
    public var rework: Bool
    public var serviceType: ServiceType
    public var category: String?
    public var regionCode: String?

    public init(
        receivedAt: Date, firstResponseAt: Date? = nil, resolvedAt: Date? = nil, pausedSeconds: Int, visits: Int,
        reachedInProgress: Bool, resolvedRemotely: Bool, rework: Bool, serviceType: ServiceType,
        category: String? = nil, regionCode: String? = nil
    ) {
        self.receivedAt = receivedAt
        self.firstResponseAt = firstResponseAt
        self.resolvedAt = resolvedAt
        self.pausedSeconds = pausedSeconds
        self.visits = visits
        self.reachedInProgress = reachedInProgress
        self.resolvedRemotely = resolvedRemotely
        self.rework = rework
        self.serviceType = serviceType
        self.category = category
        self.regionCode = regionCode
    }
}
