import DomainContracts
import Foundation
import ServiceKit

/// Opens the request and work order of one due date, or records why nobody goes.
struct OpenMaintenance: TimerHandler {
    static let kind = "open-maintenance"

    func keys(_ timer: FiredTimer, _ keys: inout Keys) {
        keys.need(MaintenanceOccurrence.self, timer.id)
        keys.need(ServiceRequest.self, IntakeID.request(of: timer.id))
        keys.needWorkOrder(IntakeID.workOrder(of: IntakeID.request(of: timer.id)))
    }

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        guard var occurrence = turn.get(MaintenanceOccurrence.self, timer.id), occurrence.status == .due,
            let plan = turn.look(at: MaintenancePlan.self, occurrence.planId)
        else { return }
        let contract = plan.contractId.flatMap { turn.get(ContractProjection.self, $0) }
        let device = occurrence.deviceId.flatMap { turn.get(Device.self, turn.survivor(ofDevice: $0)) }
        if let reason = turn.obstacle(plan, contract, device, occurrence) {
            return turn.skip(&occurrence, of: plan, because: reason)
        }
        let request = turn.open(occurrence, of: plan, contract, device)
        occurrence.open(request, at: turn.now)
        turn.set(occurrence, occurrence.id)
        if var contract, contract.visitQuota != nil {
            contract.plannedOrderIds = (contract.plannedOrderIds ?? []) + [IntakeID.workOrder(of: request.id)]
            turn.set(contract, contract.contractId)
            turn.note(MaintenanceDueOpened.wireName, about: ContractProjection.self, contract.contractId)
        }
        turn.emit(
            MaintenanceDueOpened(
                occurrenceId: occurrence.id, planId: plan.id, planNumber: plan.number, dueOn: occurrence.dueOn,
                visitOn: occurrence.visitOn, deviceId: occurrence.deviceId, requestId: request.id,
                requestNumber: request.number, workOrderId: request.workOrderId,
                workOrderNumber: request.workOrderNumber, window: request.report.preferredWindows.first,
                openedAt: turn.now),
            about: MaintenanceOccurrence.self, occurrence.id, story: IntakeID.workOrder(of: request.id))
    }
}

extension Turn {
    /// Why nobody goes; nil when somebody does.
    fileprivate mutating func obstacle(
        _ plan: MaintenancePlan, _ contract: ContractProjection?, _ device: Device?, _ occurrence: MaintenanceOccurrence
    ) -> CodedReason? {
        guard plan.status != .paused, plan.status != .ended || plan.reason?.code == "schedule_over" else {
            return CodedReason(code: "plan_not_active", parameters: ["status": plan.status.rawValue])
        }
        // It was recorded for both before they were found to be one.
        if let device, device.id != occurrence.deviceId,
            get(
                MaintenanceOccurrence.self,
                IntakeID.occurrence(of: plan.id, dueOn: occurrence.dueOn, device: device.id)) != nil
        {
            return CodedReason(code: "device_merged", parameters: ["into": device.id.text])
        }
        if let standing = device?.standing, standing != .inService {
            return CodedReason(code: "device_not_in_service", parameters: ["standing": standing.rawValue])
        }
        // It was sold since: nobody visits a stranger at the cost of whoever had it, or sends him the bill. A contract that lists it by
        // its number goes with it.
        if let device, survivor(of: device.customerId) != survivor(of: plan.customerId),
            contract.map({ names($0, device) }) != true
        {
            return CodedReason(code: "device_of_another_customer", parameters: ["deviceId": device.id.text])
        }
        guard let contract else { return nil }
        if !contract.isInForce(at: now) { return contract.endedReason }
        guard let quota = contract.visitQuota else { return nil }
        let used = (contract.plannedOrderIds ?? []).count { isUsedUp($0) }
        guard used >= quota else { return nil }
        return CodedReason(
            code: "quota_exhausted",
            parameters: ["contractNumber": contract.contractNumber, "visitQuota": "\(quota)"])
    }

    /// Whether a planned visit counts: not one that was cancelled or merged, unless another order took its place.
    private mutating func isUsedUp(_ id: UUID) -> Bool {
        guard let order = look(at: WorkOrder.self, id) else { return true }
        if let again = order.unmergedAs, again != id { return isUsedUp(again) }
        return order.status != .cancelled && order.status != .merged
    }

    /// Opens it as any other request is opened; its promises count from the day on which it falls due.
    fileprivate mutating func open(
        _ occurrence: MaintenanceOccurrence, of plan: MaintenancePlan, _ contract: ContractProjection?,
        _ device: Device?
    ) -> ServiceRequest {
        let customerId = survivor(of: device?.customerId ?? plan.customerId)
        let customer = get(Customer.self, customerId)
        let contact = get(ContactPoint.self, IntakeID.contact(of: customerId))
        let calendar = calendar(named: plan.calendarName) ?? companyCalendar()
        let hours = plan.hours(on: occurrence, calendar)
        let report = ReportRepair(
            channel: MaintenancePlan.channel, externalId: "\(plan.number) \(occurrence.dueOn)", reportedAt: now,
            customer: customer.map { ReportedCustomer(customerNumber: $0.customerNumber) },
            device: device.map { ReportedDevice(serialNumber: $0.serialNumber, code: $0.code) },
            serviceType: plan.terms.serviceType, serviceMode: plan.terms.serviceMode, urgency: .low,
            problem: plan.terms.subject,
            preferredWindows: plan.terms.window == nil || hours.end <= now ? [] : [hours], language: contact?.language)
        var request = ServiceRequest(
            id: IntakeID.request(of: occurrence.id),
            number: ReadableNumber.make("SR", at: now, sequence: nextNumber("service_request_number")),
            report: report, receivedAt: now,
            parties: Parties(
                customerId: customerId, contactId: IntakeID.contact(of: customerId),
                siteId: device.flatMap { siteId(of: $0, customer: customerId) } ?? customer?.lastSiteId,
                deviceId: device?.id, customerMatch: Matching.plan,
                deviceMatch: device == nil ? nil : Matching.plan))
        // A contract may begin in the middle of a day, or end so.
        let due = max(max(hours.start, contract?.startsOn ?? hours.start), now)
        request.dueAt = contract.map { min(due, $0.endsOn - 0.001) } ?? due
        convertOrAsk(&request, AnswerSheet())
        return request
    }
}

extension MaintenancePlan {
    /// From when to when somebody is wished for; the whole day where the plan names no hours.
    fileprivate func hours(on occurrence: MaintenanceOccurrence, _ calendar: BusinessCalendar) -> TimeWindow {
        let day = CalendarDay(occurrence.visitOn) ?? CalendarDay(number: 0)
        let shift = terms.window.flatMap { BusinessCalendar.Shift($0) } ?? BusinessCalendar.Shift(start: 0, end: 1_440)
        return TimeWindow(
            start: calendar.moment(day, minute: shift.start), end: calendar.moment(day, minute: shift.end))
    }
}
