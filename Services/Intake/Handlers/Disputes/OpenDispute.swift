import DomainContracts
import Foundation
import ServiceKit

/// Keeps what the customer disputes until somebody decides it; billing holds the charge meanwhile.
struct OpenDispute: CommandHandler {
    let links: CustomerLinks
    let policy: DisputePolicy

    func keys(_ command: DisputeEntitlement, _ keys: inout Keys) { keys.needWorkOrder(command.workOrderId) }

    func decide(_ command: DisputeEntitlement, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        let (sent, errors) = command.checked(today: turn.today)
        if let refusal = Refusal.invalid(errors) { throw refusal }
        let before = try turn.order(sent.workOrderId, expectedVersion: nil)
        try turn.admit(links, token: sent.token, channelUserId: sent.channelUserId, order: before)
        try turn.checkNotErased(before.customerId)
        guard before.status != .cancelled, before.status != .merged else {
            throw .conflict("dispute-not-allowed", "The work order is \(before.status.rawValue): nothing is charged")
        }
        guard before.openDisputeId == nil else {
            throw .conflict("dispute-open", "Another dispute of the work order is not decided yet")
        }
        guard before.disputeCount ?? 0 < DisputePolicy.customersLimit || !turn.isCustomers else {
            throw .conflict(
                "disputes-used-up", "The customer has disputed the work order \(DisputePolicy.customersLimit) times",
                detail: "our own people may open another one for him")
        }
        // Misuse is not of the entitlement: where all is free, it alone can make an order cost something.
        guard before.entitlement.cover != .all || sent.reason == .notMisuse else {
            throw .conflict("nothing-to-dispute", "The work order is free of charge already")
        }
        let dispute = EntitlementDispute(
            sent, id: IntakeID.dispute(of: before.id, count: before.disputeCount ?? 0), order: before,
            channel: turn.channel, openedAt: turn.occurred(sent.occurredAt, notBefore: before.receivedAt),
            decideBy: turn.workingDay(policy.workingDays))
        var order = before
        order.open(dispute)
        turn.set(order, order.id)
        turn.note("disputed", about: WorkOrder.self, order.id)
        turn.set(dispute, dispute.id)
        turn.emit(dispute.news, about: EntitlementDispute.self, dispute.id, story: order.id)
        turn.schedule(RemindOfDispute.self, for: dispute.id, at: dispute.decideBy)
        return turn.acknowledge(dispute)
    }
}

extension Turn {
    /// Whether the customer says so himself, and not one of us for him.
    var isCustomers: Bool { channel != nil || envelope.authtype == "customer" }

    /// By the company's clock.
    var today: CalendarDay { CalendarDay(now, offset: ReadableNumber.companyOffset) }

    /// A customer disputes by the link by which he follows his request, or as the one who reported it.
    mutating func admit(
        _ links: CustomerLinks, token: String?, channelUserId: String?, order: WorkOrder
    ) throws(Refusal) {
        guard isCustomers else { return }
        guard let request = get(ServiceRequest.self, order.requestId) else {
            throw .notFound("/data/workOrderId", "request")
        }
        try links.check(
            self, token: token, channelUserId: channelUserId, on: channel ?? order.channel, request: request)
    }

    /// The end of the `count`th working day from now.
    mutating func workingDay(_ count: Int) -> Date { workingHours().endOfWorkingDay(count, after: now) }

    /// The calendar `working_hours` as it is in force.
    mutating func workingHours() -> BusinessCalendar {
        let hours = slaBook().calendars[CalendarVersion.workingHours]
        return hours.flatMap { CompiledCalendars.shared.calendar($0.rules) } ?? .always
    }

    mutating func acknowledge(_ dispute: EntitlementDispute) -> Acknowledgement {
        Acknowledgement(
            subject: EntitlementDispute.subject(dispute.id), version: version(EntitlementDispute.self, dispute.id),
            status: dispute.status.rawValue)
    }

    /// The dispute that a command names.
    mutating func dispute(_ id: UUID) throws(Refusal) -> EntitlementDispute {
        guard let dispute = get(EntitlementDispute.self, id) else {
            throw .notFound("/data/disputeId", "dispute")
        }
        return dispute
    }

    /// Keeps a dispute that has just ended, and what the order gets of it; tells both.
    ///
    /// - Parameter changed: what else the decision changed of the order; nil as nothing.
    mutating func keep(ended dispute: EntitlementDispute, of order: WorkOrder, changed: WorkOrder? = nil) {
        var changed = changed ?? order
        let calendars = self.calendars(of: order)
        let isSooner = changed.close(dispute, slaBook(), now: now, calendars)
        set(changed, changed.id)
        if isSooner {
            emit(
                SLAClocksChanged(
                    workOrderId: changed.id, workOrderNumber: changed.number,
                    policyVersion: changed.terms.policyVersion,
                    clocks: changed.clocks.map { $0.state(at: now, calendars) }, changedAt: now),
                about: WorkOrder.self, changed.id, story: changed.id)
        } else {
            note("dispute-ended", about: WorkOrder.self, changed.id)
        }
        keepTimers(of: changed, before: order)
        set(dispute, dispute.id)
        emit(dispute.news, about: EntitlementDispute.self, dispute.id, story: changed.id)
        cancel(RemindOfDispute.self, for: dispute.id)
    }
}
