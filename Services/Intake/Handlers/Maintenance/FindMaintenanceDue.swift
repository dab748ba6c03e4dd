import DomainContracts
import Foundation
import ServiceKit

/// Finds what of a plan has come up, and has it opened or records why nobody goes. Each due date is decided once,
/// however often and by however many this runs: an occurrence that is there already is let be.
struct FindMaintenanceDue: TimerHandler {
    static let kind = "maintenance-due"
    /// Occurrences of one run; the next one follows at once.
    static let batch = 200

    func keys(_ timer: FiredTimer, _ keys: inout Keys) {
        keys.need(MaintenancePlan.self, timer.id)
        keys.look(at: SLABook.self, SLABook.id)
    }

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        guard let before = turn.get(MaintenancePlan.self, timer.id), before.status == .active else { return }
        var plan = before
        let contract = plan.contractId.flatMap { turn.get(ContractProjection.self, $0) }
        if let contract, !contract.isInForce(at: turn.now) {
            return turn.stop(&plan, .paused, because: contract.endedReason)
        }
        guard let days = turn.dueDays(of: plan) else { return }
        let today = days.calendar.day(of: turn.now)
        let pending = days.dates(
            after: plan.decidedDay, visitFrom: plan.visitFromDay, through: today.adding(days: plan.leadDays))
        let skipped = CatchUp(today: today, rule: plan.terms.catchUp ?? .latest).skipped(of: pending)
        let devices = pending.isEmpty ? [] : turn.devices(of: plan, contract)
        let chunk = pending.prefix(max(1, Self.batch / max(1, devices.count)))
        for due in chunk {
            for device in devices { turn.decide(due, of: plan, device, isMissed: skipped.contains(due)) }
            plan.decided(through: due.dueOn)
        }
        if days.isOver(after: plan.decidedDay, visitFrom: plan.visitFromDay) {
            return turn.stop(&plan, .ended, because: CodedReason(code: "schedule_over"))
        }
        turn.reschedule(&plan)
        guard plan != before else { return }
        turn.set(plan, plan.id)
        turn.note(Self.kind, about: MaintenancePlan.self, plan.id)
    }
}

extension Turn {
    /// Whom the plan visits today; one visit for no device where its contract is for all that the customer has.
    fileprivate mutating func devices(of plan: MaintenancePlan, _ contract: ContractProjection?) -> [UUID?] {
        if !plan.deviceIds.isEmpty { return eachOnce(plan.deviceIds) }
        let serials = contract?.deviceSerials ?? []
        if serials.isEmpty { return [nil] }
        return eachOnce(serials.flatMap { devices(ofSerial: $0, of: plan.customerId) })
    }

    /// Devices, each by the record that stands for it: nobody goes twice to one that had two.
    private mutating func eachOnce(_ devices: [UUID]) -> [UUID?] {
        var seen: Set<UUID> = []
        return devices.map { survivor(ofDevice: $0) }.filter { seen.insert($0).inserted }
    }

    /// What a contract's serial number means: of devices of several brands the customer's. One that nobody has registered yet is made
    /// known as his: it is to be visited all the same.
    private mutating func devices(ofSerial serial: String, of customer: UUID) -> [UUID] {
        let key = "serial:\(Device.normalised(serial))"
        let known = devices(ofSerial: serial)
        let own = known.filter { survivor(of: $0.customerId) == survivor(of: customer) }
        if let first = known.first { return own.isEmpty ? [first.id] : own.map(\.id) }
        if let before = get(LookupEntry.self, IntakeID.lookup(key))?.target { return [before] }
        var device = Device(id: IntakeID.device(registered: key, count: 1), customerId: customer)
        device.serialNumber = serial
        keep(device)
        hold(key, device.id)
        return [device.id]
    }

    fileprivate mutating func decide(
        _ due: DueDays.Due, of plan: MaintenancePlan, _ device: UUID?, isMissed: Bool
    ) {
        let id = IntakeID.occurrence(of: plan.id, dueOn: due.dueOn.text, device: device)
        guard get(MaintenanceOccurrence.self, id) == nil else { return }
        var occurrence = MaintenanceOccurrence(id: id, planId: plan.id, due, deviceId: device)
        if isMissed {
            return skip(&occurrence, of: plan, because: CodedReason(code: "missed", parameters: ["rule": "latest"]))
        }
        set(occurrence, id)
        note(FindMaintenanceDue.kind, about: MaintenanceOccurrence.self, id)
        schedule(OpenMaintenance.self, for: id, at: now)
    }

    /// Records that nobody goes, and tells it.
    mutating func skip(_ occurrence: inout MaintenanceOccurrence, of plan: MaintenancePlan, because reason: CodedReason)
    {
        occurrence.skip(reason, at: now)
        set(occurrence, occurrence.id)
        emit(
            MaintenanceDueSkipped(
                occurrenceId: occurrence.id, planId: plan.id, planNumber: plan.number, dueOn: occurrence.dueOn,
                visitOn: occurrence.visitOn, deviceId: occurrence.deviceId, reason: reason, skippedAt: now),
            about: MaintenanceOccurrence.self, occurrence.id)
    }
}
