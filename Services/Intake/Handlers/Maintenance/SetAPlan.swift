import DomainContracts
import Foundation
import ServiceKit

/// Makes a maintenance plan, or puts another in its place.
struct SetAPlan: CommandHandler {
    func keys(_ command: SetMaintenancePlan, _ keys: inout Keys) {
        keys.need(MaintenancePlan.self, IntakeID.maintenancePlan(command.planNumber.trimmed))
        keys.look(at: SLABook.self, SLABook.id)
        keys.need(ContractProjection.self, command.plan.contractId)
        for device in command.plan.devices.prefix(MaintenancePlanReader.mostDevices) {
            keys.need(Device.self, device.deviceId)
            keys.need(LookupEntry.self, device.lookupKeys.map(IntakeID.lookup))
        }
    }

    func decide(_ command: SetMaintenancePlan, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        let number = command.planNumber.trimmed
        let calendar = turn.calendar(named: command.plan.schedule.calendar ?? CalendarVersion.workingHours)
        var problems = MaintenancePlanReader.problems(
            command.plan, calendars: turn.slaBook().calendars.keys, calendar: calendar)
        if number.isEmpty || number.count > 100 || number.hasControlCharacters {
            problems.append(FieldProblem("/data/planNumber", "length", "expected 1 to 100 characters"))
        }
        if let refusal = Refusal.invalid(problems) { throw refusal }
        let id = IntakeID.maintenancePlan(number)
        let known = turn.get(MaintenancePlan.self, id)
        try turn.check(known, expectedVersion: command.expectedVersion)
        let agreed = try turn.agree(on: command.plan)
        let today = (calendar ?? turn.companyCalendar()).day(of: turn.now)
        var plan = known ?? MaintenancePlan(id: id, number: number, agreed, today: today)
        if let known {
            // The same terms again change nothing, and nobody is told.
            if known.status == .active, known.holds(agreed) { return turn.acknowledge(known) }
            plan.replace(by: agreed, today: today)
        }
        turn.move(plan, from: known?.contractId)
        turn.reschedule(&plan)
        turn.set(plan, id)
        turn.emit(plan.changed(at: turn.now), about: MaintenancePlan.self, id)
        return turn.acknowledge(plan)
    }
}

/// Ends a maintenance plan.
struct EndAPlan: CommandHandler {
    func keys(_ command: EndMaintenancePlan, _ keys: inout Keys) {
        keys.need(MaintenancePlan.self, IntakeID.maintenancePlan(command.planNumber.trimmed))
    }

    func decide(_ command: EndMaintenancePlan, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        var reason = command.reason
        var errors: [FieldProblem] = []
        CheckedReport.text(&reason, "/data/reason", limit: 1_000, &errors)
        if let refusal = Refusal.invalid(errors) { throw refusal }
        guard var plan = turn.get(MaintenancePlan.self, IntakeID.maintenancePlan(command.planNumber.trimmed)) else {
            throw .notFound("/data/planNumber", "maintenance plan")
        }
        try turn.check(plan, expectedVersion: command.expectedVersion)
        guard plan.status != .ended else { return turn.acknowledge(plan) }
        turn.stop(
            &plan, .ended, because: CodedReason(code: "ended_by_us", parameters: reason.map { ["reason": $0] } ?? [:]))
        return turn.acknowledge(plan)
    }
}

extension Turn {
    fileprivate func check(_ plan: MaintenancePlan?, expectedVersion: Int?) throws(Refusal) {
        guard let expectedVersion, expectedVersion != plan?.planVersion ?? 0 else { return }
        throw .conflict(
            "maintenance-plan-changed", "The maintenance plan has been set since",
            detail: "version \(plan?.planVersion ?? 0) is in force")
    }

    fileprivate func acknowledge(_ plan: MaintenancePlan) -> Acknowledgement {
        Acknowledgement(
            subject: MaintenancePlan.subject(plan.id), version: plan.planVersion, status: plan.status.rawValue)
    }

    /// Lets contracts know which plans are theirs.
    fileprivate mutating func move(_ plan: MaintenancePlan, from before: UUID?) {
        if let before, before != plan.contractId, var contract = get(ContractProjection.self, before) {
            contract.planIds?.removeAll { $0 == plan.id }
            set(contract, before)
            note("maintenance-plan-left", about: ContractProjection.self, before)
        }
        if let id = plan.contractId, var contract = get(ContractProjection.self, id),
            contract.planIds?.contains(plan.id) != true
        {
            contract.planIds = (contract.planIds ?? []) + [plan.id]
            set(contract, id)
            note("maintenance-plan-joined", about: ContractProjection.self, id)
        }
    }
}

extension MaintenancePlan {
    fileprivate func holds(_ agreed: AgreedPlan) -> Bool {
        terms == agreed.terms && customerId == agreed.customerId && contractId == agreed.contract?.contractId
            && deviceIds == agreed.deviceIds
    }
}

extension PlannedDevice {
    /// Where its code or serial number leads, best first.
    var lookupKeys: [String] {
        LookupKey.registered(code: code?.trimmed, serialNumber: serialNumber?.trimmed, brand: brand?.trimmed)
    }
}
