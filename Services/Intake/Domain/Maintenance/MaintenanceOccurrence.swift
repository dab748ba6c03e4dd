import DomainContracts
import FoundationEssentials

/// One due date of a plan, for one device; decided once. Its id is derived from these three, so that nobody goes twice.
struct MaintenanceOccurrence: Codable, Sendable, Equatable {
    let id: UUID
    let planId: UUID
    /// `YYYY-MM-DD`, as the interval has it.
    let dueOn: String
    /// `YYYY-MM-DD`, where it was moved to.
    let visitOn: String
    /// Nil where a contract names no devices.
    let deviceId: UUID?
    private(set) var status: MaintenanceDueStatus
    private(set) var reason: CodedReason?
    private(set) var requestId: UUID?
    private(set) var requestNumber: String?
    private(set) var workOrderId: UUID?
    private(set) var workOrderNumber: String?
    private(set) var decidedAt: Date?

    init(id: UUID, planId: UUID, _ due: DueDays.Due, deviceId: UUID?) {
        self.id = id
        self.planId = planId
        dueOn = due.dueOn.text
        visitOn = due.visitOn.text
        self.deviceId = deviceId
        status = .due
    }

    mutating func skip(_ reason: CodedReason, at date: Date) {
        status = .skipped
        self.reason = reason
        decidedAt = date
    }

    mutating func open(_ request: ServiceRequest, at date: Date) {
        status = .opened
        requestId = request.id
        requestNumber = request.number
        workOrderId = request.workOrderId
        workOrderNumber = request.workOrderNumber
        decidedAt = date
    }

    func state() -> MaintenanceOccurrenceState {
        MaintenanceOccurrenceState(
            occurrenceId: id, dueOn: dueOn, visitOn: visitOn, deviceId: deviceId, status: status, reason: reason,
            requestId: requestId, requestNumber: requestNumber, workOrderId: workOrderId,
            workOrderNumber: workOrderNumber, decidedAt: decidedAt)
    }
}

/// What is decided about the due dates of a plan that have come up.
struct CatchUp: Sendable {
    /// The day's zone is the plan's.
    let today: CalendarDay
    let rule: CatchUpRule

    /// Those of `pending` that nobody goes for, since their day passed while nobody could open them: all but the last one
    /// that came up.
    func skipped(of pending: [DueDays.Due]) -> Set<DueDays.Due> {
        guard rule != .all, let last = pending.last else { return [] }
        return Set(pending.filter { $0.visitOn < today && $0 != last })
    }
}
