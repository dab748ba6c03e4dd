import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// Opens the work order of a request that lacks nothing.
    mutating func openWorkOrder(for request: inout ServiceRequest) -> WorkOrder {
        let report = request.report
        let id = IntakeID.workOrder(of: request.id)
        let device = request.deviceId.flatMap { get(Device.self, $0) }
        let site = request.siteId.flatMap { get(Site.self, $0) }
        let serviceType = report.serviceType ?? .repair
        let promisedFrom = request.dueAt ?? request.receivedAt
        var entitlement = EntitlementRule.entitlement(
            reworkOf: nil, contracts: contracts(customer: request.customerId, device: device),
            customerNumbers: numbers(of: request.customerId), serials: serials(of: device),
            purchasedOn: latest(\.purchasedOn, of: device) ?? report.device?.purchasedOn,
            warrantyEndsOn: latest(\.warrantyEndsOn, of: device),
            serviceType: serviceType, at: promisedFrom)
        func priority(_ level: ResponseLevel) -> Priority {
            PriorityRule.priority(
                urgency: report.urgency, safetyHazard: report.safetyHazard ?? false,
                deviceDown: report.device?.state == .down, level: level)
        }
        if priority(entitlement.responseLevel) != priority(.standard) { entitlement.decidesPriority() }
        let brief = WorkOrderBrief(
            serviceType: serviceType, serviceMode: report.mode, priority: priority(entitlement.responseLevel),
            category: report.device?.category ?? device?.category, brand: report.device?.brand ?? device?.brand,
            model: report.device?.model ?? device?.model, deviceLabel: device?.serialNumber ?? device?.code,
            problem: report.problem ?? "", faultCode: report.faultCode,
            regionCode: report.site?.regionCode ?? site?.regionCode,
            location: report.site?.location ?? site?.location, language: report.writtenLanguage)
        var order = WorkOrder(
            id: id, number: ReadableNumber.make("WO", at: now, sequence: nextNumber("work_order_number")),
            requestId: request.id, channel: report.channel, channelUserId: report.customer?.channelUserId,
            customerId: request.customerId, contactId: request.contactId, siteContactId: request.siteContactId,
            siteId: request.siteId, deviceId: request.deviceId, brief: brief, entitlement: entitlement,
            receivedAt: request.receivedAt, openedAt: now, relatedWorkOrderId: related(report, device: device),
            promisedFrom: request.dueAt,
            need: WorkOrder.firstNeed(brief, windows: report.preferredWindows, notBefore: request.dueAt),
            book: slaBook())
        if let acted = request.firstHumanActAt { order.facts.note(agentAct: acted) }
        let opened = enter(order)
        _ = request.apply(.workOrderOpened)
        request.missing = []
        request.duplicates = nil
        request.workOrderId = opened.id
        request.workOrderNumber = opened.number
        return opened
    }

    /// Opens the order that makes good what another did not, free of charge, and as soon as what the customer has today promises; the
    /// same one however often it is asked for.
    mutating func openRework(of first: WorkOrder, occurred: Date) -> WorkOrder {
        let id = IntakeID.rework(of: first.id)
        if let known = get(WorkOrder.self, id) { return known }
        var brief = first.brief
        // What could not be settled from afar is looked at, if we know where.
        if first.facts.isSettledRemotely, first.siteId != nil { brief.serviceMode = .onSite }
        let order = WorkOrder(
            id: id, number: ReadableNumber.make("WO", at: now, sequence: nextNumber("work_order_number")),
            requestId: first.requestId, channel: first.channel, channelUserId: first.channelUserId,
            customerId: first.customerId, contactId: first.contactId, siteContactId: first.siteContactId,
            siteId: first.siteId, deviceId: first.deviceId, brief: brief,
            entitlement: entitlement(toReworkOf: first, at: occurred),
            receivedAt: occurred, openedAt: now, reworkOf: first.id, relatedWorkOrderId: first.id,
            need: WorkOrder.firstNeed(brief, windows: [], reason: .reopened, prefer: first.engineerId),
            book: slaBook())
        return enter(order)
    }

    private mutating func entitlement(toReworkOf first: WorkOrder, at date: Date) -> Entitlement {
        let device = first.deviceId.flatMap { get(Device.self, survivor(ofDevice: $0)) }
        return EntitlementRule.entitlement(
            reworkOf: first.number, contracts: contracts(customer: first.customerId, device: device),
            customerNumbers: numbers(of: first.customerId), serials: serials(of: device),
            purchasedOn: latest(\.purchasedOn, of: device),
            warrantyEndsOn: latest(\.warrantyEndsOn, of: device), serviceType: first.brief.serviceType, at: date)
    }

    mutating func enter(_ fresh: WorkOrder) -> WorkOrder {
        var order = fresh
        let duplicates = probableDuplicates(of: order)
        let requests = nameToRequests(order)
        if !duplicates.isEmpty { order.duplicates = duplicates }
        let calendars = self.calendars(of: order)
        order.moveClocks(occurred: order.receivedAt, now: now, calendars)
        order.facts.need?.arrivalDueAt = order.clocks.first { $0.kind == .arrival }?.reading(at: now, calendars).dueAt
        set(order, order.id)
        set(
            LookupEntry(key: "work-order:\(order.number)", target: order.id),
            IntakeID.lookup("work-order:\(order.number)"))
        if let id = order.deviceId, var device = get(Device.self, id) {
            device.lastWorkOrderId = order.id
            device.note(fault: order.brief.problem)
            keep(device)
        }
        if let id = order.siteId, var site = get(Site.self, id) {
            site.note(order: order.id)
            keep(site)
        }
        if order.reworkOf != nil || order.unmergedFrom != nil { index(order.searchEntry, order.id) }
        let tier = get(Customer.self, order.customerId)?.tier
        emit(
            order.opened(at: now, calendars, tier: tier, naming: requests), about: WorkOrder.self, order.id,
            story: order.id)
        keepTimers(of: order, before: nil)
        return order
    }

    /// Serial numbers of a device and of the records for which it stands.
    mutating func serials(of device: Device?) -> [DeviceSerial] {
        guard let device else { return [] }
        let records = records(of: device)
        let ids = Set(records.map(\.id))
        let owners = Set(records.map(\.customerId)).sorted().flatMap { numbers(of: $0) }
        return records.compactMap(\.serialNumber).map { number in
            DeviceSerial(
                number: number, isOnlyOne: devices(ofSerial: number).allSatisfy { ids.contains($0.id) }, owners: owners)
        }
    }

    /// The best day for the customer that a device's records say: whichever was merged into which, it is one device.
    mutating func latest(_ day: KeyPath<Device, String?>, of device: Device?) -> String? {
        device.map { records(of: $0) }?.compactMap { $0[keyPath: day] }
            .max { (CalendarDay($0)?.number ?? .min) < (CalendarDay($1)?.number ?? .min) }
    }

    /// Contracts that may cover the customer, under whichever of his numbers, or the device.
    mutating func contracts(customer: UUID, device: Device?) -> [ContractProjection] {
        let keys =
            numbers(of: customer).flatMap { LookupKey.contracts(customerNumber: $0, serialNumber: nil) }
            + serials(of: device).flatMap { LookupKey.contracts(customerNumber: nil, serialNumber: $0.number) }
        var ids: [UUID] = []
        for key in keys { ids += get(ContractIndex.self, IntakeID.contractIndex(key))?.contractIds ?? [] }
        return Set(ids).sorted().compactMap { get(ContractProjection.self, $0) }
    }

    /// The order that the sender named, or an open one about the same device: it may be the same fault.
    private mutating func related(_ report: ReportRepair, device: Device?) -> UUID? {
        if let named = report.relatedWorkOrder {
            let id = UUID(uuidString: named) ?? get(LookupEntry.self, IntakeID.lookup("work-order:\(named)"))?.target
            if let id, get(WorkOrder.self, id) != nil { return id }
        }
        let last = device.map { records(of: $0).compactMap(\.lastWorkOrderId) } ?? []
        return last.first { get(WorkOrder.self, $0)?.status.isFinal == false }
    }
}

extension WorkOrder {
    /// - Parameter requests: those that name it as a probable duplicate.
    fileprivate func opened(
        at now: Date, _ calendars: Calendars, tier: CustomerTier?, naming requests: [RequestDuplicate]
    ) -> WorkOrderOpened {
        WorkOrderOpened(
            workOrderId: id, workOrderNumber: number, requestId: requestId, status: status.wire,
            receivedAt: receivedAt, channel: channel, customerId: customerId, contactId: contactId, siteId: siteId,
            deviceId: deviceId, serviceType: brief.serviceType, serviceMode: brief.serviceMode,
            priority: brief.priority, category: brief.category, brand: brief.brand, model: brief.model,
            problem: brief.problem, faultCode: brief.faultCode, regionCode: brief.regionCode,
            location: brief.location, entitlement: entitlement, clocks: clocks.map { $0.state(at: now, calendars) },
            need: facts.need, reworkOf: reworkOf, relatedWorkOrderId: relatedWorkOrderId, language: brief.language,
            customerTier: tier, probableDuplicates: duplicates ?? [], probableDuplicateRequests: requests,
            unmergedFrom: unmergedFrom)
    }
}
