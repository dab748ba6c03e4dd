import FoundationEssentials

/// Makes a maintenance plan, or puts another in its place: what was opened stays, what falls due from now on follows.
public struct SetMaintenancePlan: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "set-maintenance-plan"

    /// What people call it by, 1 to 100 characters; the same number is the same plan.
    public var planNumber: String
    public var plan: MaintenancePlanTerms
    /// The version that the author had before him, 0 for a new plan; refused when it has been set since.
    public var expectedVersion: Int?

    public init(planNumber: String, plan: MaintenancePlanTerms, expectedVersion: Int? = nil) {
        self.planNumber = planNumber
        self.plan = plan
        self.expectedVersion = expectedVersion
    }
}

/// Ends a maintenance plan: it opens nothing more. Work orders that are open stay open.
public struct EndMaintenancePlan: Command, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "end-maintenance-plan"

    public var planNumber: String
    public var reason: String?
    public var expectedVersion: Int?

    public init(planNumber: String, reason: String? = nil, expectedVersion: Int? = nil) {
        self.planNumber = planNumber
        self.reason = reason
        self.expectedVersion = expectedVersion
    }
}

/// A maintenance plan was set, paused, taken up again or ended. Subject `maintenance-plan/<id>`.
public struct MaintenancePlanChanged: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "maintenance-plan-changed"

    public var planId: UUID
    public var planNumber: String
    public var planVersion: Int
    public var status: MaintenancePlanStatus
    public var customerId: UUID
    public var contractId: UUID?
    public var contractNumber: String?
    public var serviceType: ServiceType
    /// The day of the next visit, `YYYY-MM-DD`; absent when there is none.
    public var nextVisitOn: String?
    /// Why it is paused or ended.
    public var reason: CodedReason?
    public var changedAt: Date

    public init(
        planId: UUID, planNumber: String, planVersion: Int, status: MaintenancePlanStatus, customerId: UUID,
        contractId: UUID? = nil, contractNumber: String? = nil, serviceType: ServiceType, nextVisitOn: String? = nil,
        reason: CodedReason? = nil, changedAt: Date
    ) {
        self.planId = planId
        self.planNumber = planNumber
        self.planVersion = planVersion
        self.status = status
        self.customerId = customerId
        self.contractId = contractId
        self.contractNumber = contractNumber
        self.serviceType = serviceType
        self.nextVisitOn = nextVisitOn
        self.reason = reason
        self.changedAt = changedAt
    }
}

/// A due date of a plan became a request, and a work order unless the request lacks something. Subject
/// `maintenance-occurrence/<id>`.
public struct MaintenanceDueOpened: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "maintenance-due-opened"

    /// Always the same for one plan, due date and device.
    public var occurrenceId: UUID
    public var planId: UUID
    public var planNumber: String
    /// As the interval has it, `YYYY-MM-DD`.
    public var dueOn: String
    /// Where it was moved to, `YYYY-MM-DD`.
    public var visitOn: String
    public var deviceId: UUID?
    public var requestId: UUID
    public var requestNumber: String
    public var workOrderId: UUID?
    public var workOrderNumber: String?
    /// Wished for; absent when that has passed already.
    public var window: TimeWindow?
    public var openedAt: Date

    public init(
        occurrenceId: UUID, planId: UUID, planNumber: String, dueOn: String, visitOn: String, deviceId: UUID? = nil,
        requestId: UUID, requestNumber: String, workOrderId: UUID? = nil, workOrderNumber: String? = nil,
        window: TimeWindow? = nil, openedAt: Date
    ) {
        self.occurrenceId = occurrenceId
        self.planId = planId
        self.planNumber = planNumber
        self.dueOn = dueOn
        self.visitOn = visitOn
        self.deviceId = deviceId
        self.requestId = requestId
        self.requestNumber = requestNumber
        self.workOrderId = workOrderId
        self.workOrderNumber = workOrderNumber
        self.window = window
        self.openedAt = openedAt
    }
}

/// Nobody goes for a due date of a plan, and why. Subject `maintenance-occurrence/<id>`.
public struct MaintenanceDueSkipped: Event, Equatable {
    public static let service = ServiceName.intake
    public static let wireName = "maintenance-due-skipped"

    public var occurrenceId: UUID
    public var planId: UUID
    public var planNumber: String
    /// As the interval has it, `YYYY-MM-DD`.
    public var dueOn: String
    /// Where it was moved to, `YYYY-MM-DD`.
    public var visitOn: String
    public var deviceId: UUID?
    /// `missed`, `quota_exhausted`, `contract_ended`, `device_not_in_service`, `plan_not_active`.
    public var reason: CodedReason
    public var skippedAt: Date

    public init(
        occurrenceId: UUID, planId: UUID, planNumber: String, dueOn: String, visitOn: String, deviceId: UUID? = nil,
        reason: CodedReason, skippedAt: Date
    ) {
        self.occurrenceId = occurrenceId
        self.planId = planId
        self.planNumber = planNumber
        self.dueOn = dueOn
        self.visitOn = visitOn
        self.deviceId = deviceId
        self.reason = reason
        self.skippedAt = skippedAt
    }
}
