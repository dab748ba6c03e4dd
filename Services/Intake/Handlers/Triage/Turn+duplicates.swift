import DomainContracts
import Foundation
import ServiceKit

/// What is probably about one fault. Two orders: the later one names the earlier. An incomplete request names orders, whichever
/// came first, and the requests before it that are incomplete too: it is always the one to be merged.
extension Turn {
    /// Open orders that a new one is probably a duplicate of, the surest first: of those about its device and at its site.
    mutating func probableDuplicates(of order: WorkOrder) -> [ProbableDuplicate] {
        // What was brought back, or taken up again, was looked at by a person; nobody reported what was planned.
        guard order.reworkOf == nil, order.unmergedFrom == nil, !order.isPlanned else { return [] }
        let near = near(order.customerId, order.deviceId)
        let dismissed = get(ServiceRequest.self, order.requestId)?.dismissedDuplicates ?? []
        return openOrders(at: order.siteId, near)
            .filter { $0.id != order.id && !dismissed.contains($0.id) }
            .compactMap { earlier in
                DuplicateRule.judge(order.fault, against: earlier.fault, records: near.records).map {
                    ProbableDuplicate(
                        workOrderId: earlier.id, workOrderNumber: earlier.number, confidence: $0.confidence,
                        signs: $0.signs)
                }
            }
            .sorted { ($1.confidence, $0.workOrderNumber) < ($0.confidence, $1.workOrderNumber) }
    }

    /// Lets incomplete requests that are probably about a new order's fault name it.
    ///
    /// - Returns: those requests, the surest first.
    mutating func nameToRequests(_ order: WorkOrder) -> [RequestDuplicate] {
        guard !order.isPlanned else { return [] }
        let near = near(order.customerId, order.deviceId)
        var naming: [RequestDuplicate] = []
        for var request in incompleteRequests(near) where request.id != order.requestId {
            guard !request.hasDismissed(order.id, order.requestId),
                let verdict = DuplicateRule.judge(order.fault, against: request.fault, records: near.records)
            else { continue }
            request.name(RequestDuplicate(order, verdict), insteadOf: order.requestId)
            set(request, request.id)
            note("duplicate-found", about: ServiceRequest.self, request.id)
            naming.append(RequestDuplicate(request, verdict))
        }
        return naming.sorted(by: RequestDuplicate.isSurer)
    }

    /// Finds what an incomplete request is probably a duplicate of, and lets later ones that are about its fault name it.
    mutating func findDuplicates(of request: inout ServiceRequest) {
        guard request.report.channel != MaintenancePlan.channel else { return }
        noteIncomplete(request)
        let near = near(request.customerId, request.deviceId)
        var found: [RequestDuplicate] = []
        for order in openOrders(at: request.siteId, near) where !order.isPlanned && !request.hasDismissed(order.id) {
            if let verdict = DuplicateRule.judge(request.fault, against: order.fault, records: near.records) {
                found.append(RequestDuplicate(order, verdict))
            }
        }
        for var other in incompleteRequests(near) where other.id != request.id {
            guard !request.hasDismissed(other.id), !other.hasDismissed(request.id),
                let verdict = DuplicateRule.judge(request.fault, against: other.fault, records: near.records)
            else { continue }
            if other.isBefore(request) {
                found.append(RequestDuplicate(other, verdict))
            } else {
                other.name(RequestDuplicate(request, verdict))
                set(other, other.id)
                note("duplicate-found", about: ServiceRequest.self, other.id)
            }
        }
        request.duplicates = found.isEmpty ? nil : found.sorted(by: RequestDuplicate.isSurer)
    }

    /// Its customer and its device lead to an incomplete request from now on.
    private mutating func noteIncomplete(_ request: ServiceRequest) {
        if var customer = get(Customer.self, request.customerId) {
            customer.incompleteRequestIds.noteLatest(request.id)
            keep(customer)
        }
        if let id = request.deviceId, var device = get(Device.self, id) {
            device.incompleteRequestIds.noteLatest(request.id)
            keep(device)
        }
    }

    private mutating func openOrders(at site: UUID?, _ near: Near) -> [WorkOrder] {
        var ids = site.flatMap { get(Site.self, $0)?.latestWorkOrderIds } ?? []
        for last in near.devices.compactMap(\.lastWorkOrderId) where !ids.contains(last) { ids.append(last) }
        return ids.compactMap { get(WorkOrder.self, $0) }.filter { !$0.status.isFinal }
    }

    private mutating func incompleteRequests(_ near: Near) -> [ServiceRequest] {
        var ids: [UUID] = []
        let known = near.customers.map(\.incompleteRequestIds) + near.devices.map(\.incompleteRequestIds)
        for id in known.compactMap({ $0 }).joined() where !ids.contains(id) { ids.append(id) }
        return ids.compactMap { get(ServiceRequest.self, $0) }.filter { $0.status == .incomplete }
    }

    private mutating func near(_ customer: UUID, _ device: UUID?) -> Near {
        Near(
            customers: customers(standingFor: customer),
            devices: device.flatMap { get(Device.self, $0) }.map { records(of: $0) } ?? [])
    }
}

/// Whom and what a report is about, by every record of them.
private struct Near {
    let customers: [Customer]
    let devices: [Device]

    var records: Set<UUID> { Set(customers.map(\.id) + devices.map(\.id)) }
}

extension WorkOrder {
    /// Nobody reported it: a maintenance plan had it opened.
    fileprivate var isPlanned: Bool { channel == MaintenancePlan.channel }
}

extension [UUID]? {
    /// Puts it last, and forgets the oldest.
    fileprivate mutating func noteLatest(_ id: UUID) {
        self = ((self ?? []).filter { $0 != id } + [id]).suffix(DuplicateRule.compared)
    }
}
