import FoundationEssentials

/// Maintenance plans in the order of their numbers: all, or those of a customer, contract or device.
public struct MaintenancePlansQuery: Query, Equatable {
    public typealias Reply = MaintenancePlansAnswer
    public static let service = ServiceName.intake
    public static let wireName = "maintenance-plans"

    public var customerId: UUID?
    /// Instead of `customerId`.
    public var customerNumber: String?
    public var contractId: UUID?
    public var contractNumber: String?
    /// Plans that name it, or whose contract does.
    public var deviceId: UUID?
    public var status: MaintenancePlanStatus?
    /// 1 to 100; 20 when absent.
    public var limit: Int?
    /// The last answer's `cursor`, for the page behind it.
    public var cursor: String?

    public init(
        customerId: UUID? = nil, customerNumber: String? = nil, contractId: UUID? = nil, contractNumber: String? = nil,
        deviceId: UUID? = nil, status: MaintenancePlanStatus? = nil, limit: Int? = nil, cursor: String? = nil
    ) {
        self.customerId = customerId
        self.customerNumber = customerNumber
        self.contractId = contractId
        self.contractNumber = contractNumber
        self.deviceId = deviceId
        self.status = status
        self.limit = limit
        self.cursor = cursor
    }
}

/// A page of maintenance plans.
public struct MaintenancePlansAnswer: Codable, Sendable, Equatable {
    public var plans: [MaintenancePlanState]
    /// Asks for the page behind this one; absent on the last.
    public var cursor: String?

    public init(plans: [MaintenancePlanState], cursor: String? = nil) {
        self.plans = plans
        self.cursor = cursor
    }
}

/// One maintenance plan, by its number: what comes, and what came of what was due.
public struct MaintenancePlanQuery: Query, Equatable {
    public typealias Reply = MaintenancePlanAnswer
    public static let service = ServiceName.intake
    public static let wireName = "maintenance-plan"

    public var planNumber: String

    public init(planNumber: String) {
        self.planNumber = planNumber
    }
}

/// A maintenance plan; `found` false when there is none.
public struct MaintenancePlanAnswer: Codable, Sendable, Equatable {
    public var found: Bool
    public var state: MaintenancePlanState?
    public var plan: MaintenancePlanTerms?
    /// The next twelve visits, as far as the calendar and the contract are known today.
    public var coming: [PlannedVisitDay]
    /// What was due, the newest first; at most 200.
    public var occurrences: [MaintenanceOccurrenceState]

    public init(
        found: Bool, state: MaintenancePlanState? = nil, plan: MaintenancePlanTerms? = nil,
        coming: [PlannedVisitDay] = [], occurrences: [MaintenanceOccurrenceState] = []
    ) {
        self.found = found
        self.state = state
        self.plan = plan
        self.coming = coming
        self.occurrences = occurrences
    }
}

/// Where a maintenance plan stands.
public struct MaintenancePlanState: Codable, Sendable, Equatable {
    public var planId: UUID
    public var planNumber: String
    public var planVersion: Int
    public var status: MaintenancePlanStatus
    /// Why it is paused or ended.
    public var reason: CodedReason?
    public var customerId: UUID
    public var contractId: UUID?
    public var contractNumber: String?
    /// Those that the plan names; empty where its contract says which.
    public var deviceIds: [UUID]
    public var serviceType: ServiceType
    public var subject: String
    /// `YYYY-MM-DD`; absent when none is to come.
    public var nextVisitOn: String?
    public var setAt: Date
    public var setBy: String?

    public init(
        planId: UUID, planNumber: String, planVersion: Int, status: MaintenancePlanStatus, reason: CodedReason? = nil,
        customerId: UUID, contractId: UUID? = nil, contractNumber: String? = nil, deviceIds: [UUID] = [],
        serviceType: ServiceType, subject: String, nextVisitOn: String? = nil, setAt: Date, setBy: String? = nil
    ) {
        self.planId = planId
        self.planNumber = planNumber
        self.planVersion = planVersion
        self.status = status
        self.reason = reason
        self.customerId = customerId
        self.contractId = contractId
        self.contractNumber = contractNumber
        self.deviceIds = deviceIds
        self.serviceType = serviceType
        self.subject = subject
        self.nextVisitOn = nextVisitOn
        self.setAt = setAt
        self.setBy = setBy
    }
}

/// A due date, and the day to which it is moved; days as `YYYY-MM-DD`.
public struct PlannedVisitDay: Codable, Sendable, Hashable {
    public var dueOn: String
    public var visitOn: String

    public init(dueOn: String, visitOn: String) {
        self.dueOn = dueOn
        self.visitOn = visitOn
    }
}

/// What became of one due date, for one device.
public struct MaintenanceOccurrenceState: Codable, Sendable, Equatable {
    public var occurrenceId: UUID
    public var dueOn: String
    public var visitOn: String
    public var deviceId: UUID?
    public var status: MaintenanceDueStatus
    /// Why it was skipped.
    public var reason: CodedReason?
    public var requestId: UUID?
    public var requestNumber: String?
    public var workOrderId: UUID?
    public var workOrderNumber: String?
    public var decidedAt: Date?

    public init(
        occurrenceId: UUID, dueOn: String, visitOn: String, deviceId: UUID? = nil, status: MaintenanceDueStatus,
        reason: CodedReason? = nil, requestId: UUID? = nil, requestNumber: String? = nil, workOrderId: UUID? = nil,
        workOrderNumber: String? = nil, decidedAt: Date? = nil
    ) {
        self.occurrenceId = occurrenceId
        self.dueOn = dueOn
        self.visitOn = visitOn
        self.deviceId = deviceId
        self.status = status
        self.reason = reason
        self.requestId = requestId
        self.requestNumber = requestNumber
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.decidedAt = decidedAt
    }
}
