import DomainContracts
import Foundation
import ServiceKit

/// Carrying a maintenance plan on: when it is looked at next, when it stops, when it goes on.
extension Turn {
    /// A calendar in force; nil when there is none of this name, or only a newer program can read it.
    mutating func calendar(named name: String) -> BusinessCalendar? {
        slaBook().calendars[name].flatMap { CompiledCalendars.shared.calendar($0.rules) }
    }

    /// What a plan reckons with whose calendar is not there any more.
    mutating func companyCalendar() -> BusinessCalendar {
        calendar(named: CalendarVersion.workingHours) ?? .always
    }

    /// When the plan falls due, as long as its contract lasts.
    mutating func dueDays(of plan: MaintenancePlan) -> DueDays? {
        let calendar = calendar(named: plan.calendarName) ?? companyCalendar()
        let contract = plan.contractId.flatMap { get(ContractProjection.self, $0) }
        return DueDays(plan.terms.schedule, calendar: calendar)?.within(contract)
    }

    /// A plan is looked at when the next work order is to be opened, and once in a month: its calendar may have changed.
    static let longestRest: TimeInterval = 30 * 86_400

    /// Sets the plan's timer, and notes which visit comes next.
    mutating func reschedule(_ plan: inout MaintenancePlan) {
        guard plan.status == .active, let days = dueDays(of: plan),
            let next = days.next(after: plan.decidedDay, visitFrom: plan.visitFromDay)
        else {
            plan.nextVisitOn = nil
            return cancel(FindMaintenanceDue.self, for: plan.id)
        }
        plan.nextVisitOn = next.visitOn.text
        let opens = days.calendar.moment(next.visitOn.adding(days: -plan.leadDays))
        schedule(
            FindMaintenanceDue.self, for: plan.id, at: min(max(opens, now), now + Self.longestRest))
    }

    /// Pauses or ends a plan, and tells why.
    mutating func stop(_ plan: inout MaintenancePlan, _ status: MaintenancePlanStatus, because reason: CodedReason) {
        plan.stop(status, because: reason)
        cancel(FindMaintenanceDue.self, for: plan.id)
        set(plan, plan.id)
        emit(plan.changed(at: now), about: MaintenancePlan.self, plan.id)
    }

    /// A contract changed: its plan pauses when it is no longer in force, goes on when it is again, and follows its term.
    mutating func follow(_ contract: ContractProjection, plan id: UUID) {
        guard var plan = get(MaintenancePlan.self, id), plan.contractId == contract.contractId else { return }
        let isInForce = contract.isInForce(at: now)
        if plan.status == .active, !isInForce {
            return stop(&plan, .paused, because: contract.endedReason)
        }
        let before = plan
        if plan.status == .paused, isInForce {
            let calendar = calendar(named: plan.calendarName) ?? companyCalendar()
            plan.resume(today: calendar.day(of: now))
        }
        guard plan.status == .active else { return }
        reschedule(&plan)
        guard plan != before else { return }
        set(plan, id)
        if plan.planVersion != before.planVersion {
            emit(plan.changed(at: now), about: MaintenancePlan.self, id)
        } else {
            note("contract-followed", about: MaintenancePlan.self, id)
        }
    }
}

extension ContractProjection {
    var endedReason: CodedReason { CodedReason(code: "contract_ended", parameters: ["contractNumber": contractNumber]) }
}
