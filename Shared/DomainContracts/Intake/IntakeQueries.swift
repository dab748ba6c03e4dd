import FoundationEssentials

/// One work order as intake holds it, by id or number.
public struct WorkOrderQuery: Query, Equatable {
    public typealias Reply = WorkOrderAnswer
    public static let service = ServiceName.intake
    public static let wireName = "work-order"

    public var workOrderId: UUID?
    public var workOrderNumber: String?

    public init(workOrderId: UUID? = nil, workOrderNumber: String? = nil) {
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
    }
}

/// A work order, its clocks and its entitlement; `found` false when there is none.
public struct WorkOrderAnswer: Codable, Sendable, Equatable {
    public var found: Bool
    public var workOrderId: UUID?
    public var workOrderNumber: String?
    public var requestId: UUID?
    public var status: WorkOrderStatus?
    public var outcome: Outcome?
    public var closureCode: ClosureCode?
    public var responsible: ResponsibleParty?
    public var priority: Priority?
    public var entitlement: Entitlement?
    public var clocks: [ClockState]
    public var visits: Int?
    public var version: Int?
    public var reworkOf: UUID?
    public var mergedInto: UUID?

    public init(
        found: Bool, workOrderId: UUID? = nil, workOrderNumber: String? = nil, requestId: UUID? = nil,
        status: WorkOrderStatus? = nil, outcome: Outcome? = nil, closureCode: ClosureCode? = nil,
        responsible: ResponsibleParty? = nil, priority: Priority? = nil, entitlement: Entitlement? = nil,
        clocks: [ClockState] = [], visits: Int? = nil, version: Int? = nil, reworkOf: UUID? = nil,
        mergedInto: UUID? = nil
    ) {
        self.found = found
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.requestId = requestId
        self.status = status
        self.outcome = outcome
        self.closureCode = closureCode
        self.responsible = responsible
        self.priority = priority
        self.entitlement = entitlement
        self.clocks = clocks
        self.visits = visits
        self.version = version
        self.reworkOf = reworkOf
        self.mergedInto = mergedInto
    }
}

/// One service request, by id or number.
public struct RequestQuery: Query, Equatable {
    public typealias Reply = RequestAnswer
    public static let service = ServiceName.intake
    public static let wireName = "request"

    public var requestId: UUID?
    public var requestNumber: String?

    public init(requestId: UUID? = nil, requestNumber: String? = nil) {
        self.requestId = requestId
        self.requestNumber = requestNumber
    }
}

/// A request as it stands.
public struct RequestAnswer: Codable, Sendable, Equatable {
    public var found: Bool
    public var requestId: UUID?
    public var requestNumber: String?
    public var status: RequestStatus?
    public var workOrderId: UUID?
    public var workOrderNumber: String?
    public var missing: [String]
    /// How the customer was recognised.
    public var customerMatch: PartyMatch?
    /// How the device was recognised; absent when the report names none.
    public var deviceMatch: PartyMatch?

    public init(
        found: Bool, requestId: UUID? = nil, requestNumber: String? = nil, status: RequestStatus? = nil,
        workOrderId: UUID? = nil, workOrderNumber: String? = nil, missing: [String] = [],
        customerMatch: PartyMatch? = nil, deviceMatch: PartyMatch? = nil
    ) {
        self.found = found
        self.requestId = requestId
        self.requestNumber = requestNumber
        self.status = status
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.missing = missing
        self.customerMatch = customerMatch
        self.deviceMatch = deviceMatch
    }
}

/// What became of the reports, and where the work orders stand: intake's lines of the reconciliation.
public struct IntakeTotalsQuery: Query, Equatable {
    public typealias Reply = IntakeTotals
    public static let service = ServiceName.intake
    public static let wireName = "totals"

    public init() {
    }
}

/// Counts over everything intake ever took.
public struct IntakeTotals: Codable, Sendable, Equatable {
    public var requests: Int
    public var requestsByStatus: [String: Int]
    public var rejected: Int
    public var workOrders: Int
    public var workOrdersByStatus: [String: Int]
    public var workOrdersByOutcome: [String: Int]
    public var reworkOrders: Int
    /// Work orders that share one request: 0 unless a report was taken twice.
    public var doubledRequests: Int
    public var clocksMet: [String: Int]
    public var clocksBreached: [String: Int]

    public init(
        requests: Int, requestsByStatus: [String: Int] = [:], rejected: Int, workOrders: Int,
        workOrdersByStatus: [String: Int] = [:], workOrdersByOutcome: [String: Int] = [:], reworkOrders: Int,
        doubledRequests: Int, clocksMet: [String: Int] = [:], clocksBreached: [String: Int] = [:]
    ) {
        self.requests = requests
        self.requestsByStatus = requestsByStatus
        self.rejected = rejected
        self.workOrders = workOrders
        self.workOrdersByStatus = workOrdersByStatus
        self.workOrdersByOutcome = workOrdersByOutcome
        self.reworkOrders = reworkOrders
        self.doubledRequests = doubledRequests
        self.clocksMet = clocksMet
        self.clocksBreached = clocksBreached
    }
}
