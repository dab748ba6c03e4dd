import DomainContracts
import FoundationEssentials

/// A maintenance plan 维保计划: what was agreed, and how far it has been carried out.
struct MaintenancePlan: Codable, Sendable, Equatable {
    /// What stands for the channel of requests that nobody reported.
    static let channel = "plan"

    let id: UUID
    let number: String
    /// Counts what people set, and pauses; opening work orders leaves it alone.
    private(set) var planVersion: Int
    private(set) var status: MaintenancePlanStatus
    /// Why it is paused or ended.
    private(set) var reason: CodedReason?
    private(set) var terms: MaintenancePlanTerms
    private(set) var customerId: UUID
    private(set) var contractId: UUID?
    private(set) var contractNumber: String?
    /// Those that the plan names; empty where its contract says which.
    private(set) var deviceIds: [UUID]
    private(set) var setAt: Date
    private(set) var setBy: String?
    /// Visits before this day are nobody's affair: they lie before the plan, or in a pause. `YYYY-MM-DD`.
    private(set) var visitFrom: String
    /// The last due date that was decided about; those behind it are still to come. `YYYY-MM-DD`.
    private(set) var decidedThrough: String?
    /// The day of the next visit, for whoever looks; `YYYY-MM-DD`.
    var nextVisitOn: String?

    /// - Parameter today: a new plan asks for nothing that lies before it.
    init(id: UUID, number: String, _ agreed: AgreedPlan, today: CalendarDay) {
        self.id = id
        self.number = number
        planVersion = 1
        status = .active
        terms = agreed.terms
        customerId = agreed.customerId
        contractId = agreed.contract?.contractId
        contractNumber = agreed.contract?.contractNumber
        deviceIds = agreed.deviceIds
        setAt = agreed.setAt
        setBy = agreed.setBy
        visitFrom = today.text
    }

    /// Forgets what it was called, and why it ended.
    mutating func forget() {
        terms.subject = ""
        reason = nil
    }

    /// Puts other terms in force. What was decided stays so.
    mutating func replace(by agreed: AgreedPlan, today: CalendarDay) {
        planVersion += 1
        if status != .active { visitFrom = today.text }
        status = .active
        reason = nil
        terms = agreed.terms
        customerId = agreed.customerId
        contractId = agreed.contract?.contractId
        contractNumber = agreed.contract?.contractNumber
        deviceIds = agreed.deviceIds
        setAt = agreed.setAt
        setBy = agreed.setBy
    }

    mutating func stop(_ status: MaintenancePlanStatus, because reason: CodedReason) {
        planVersion += 1
        self.status = status
        self.reason = reason
        nextVisitOn = nil
    }

    /// Goes on from today: what fell due in the pause was not promised.
    mutating func resume(today: CalendarDay) {
        planVersion += 1
        status = .active
        reason = nil
        visitFrom = today.text
    }

    mutating func decided(through due: CalendarDay) { decidedThrough = due.text }

    var calendarName: String { terms.schedule.calendar ?? CalendarVersion.workingHours }
    var leadDays: Int { terms.leadDays ?? 0 }
    var decidedDay: CalendarDay? { decidedThrough.flatMap { CalendarDay($0) } }
    var visitFromDay: CalendarDay { CalendarDay(visitFrom) ?? CalendarDay(number: 0) }

    func state() -> MaintenancePlanState {
        MaintenancePlanState(
            planId: id, planNumber: number, planVersion: planVersion, status: status, reason: reason,
            customerId: customerId, contractId: contractId, contractNumber: contractNumber, deviceIds: deviceIds,
            serviceType: terms.serviceType, subject: terms.subject, nextVisitOn: nextVisitOn, setAt: setAt,
            setBy: setBy)
    }

    func changed(at date: Date) -> MaintenancePlanChanged {
        MaintenancePlanChanged(
            planId: id, planNumber: number, planVersion: planVersion, status: status, customerId: customerId,
            contractId: contractId, contractNumber: contractNumber, serviceType: terms.serviceType,
            nextVisitOn: nextVisitOn, reason: reason, changedAt: date)
    }
}

/// What a plan says, with everything that it names found.
struct AgreedPlan: Sendable {
    var terms: MaintenancePlanTerms
    var customerId: UUID
    var contract: ContractProjection?
    var deviceIds: [UUID]
    var setAt: Date
    var setBy: String?
}
