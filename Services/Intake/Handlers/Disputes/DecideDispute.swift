import DomainContracts
import Foundation
import ServiceKit

/// Somebody decides a dispute. Upheld, the order's entitlement is resolved anew from what is accepted; the earlier one is kept.
struct DecideDispute: CommandHandler {
    func keys(_ command: DecideEntitlementDispute, _ keys: inout Keys) {
        keys.need(EntitlementDispute.self, command.disputeId)
    }

    func decide(_ command: DecideEntitlementDispute, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        if let refusal = Refusal.invalid(command.problems(today: turn.today)) { throw refusal }
        try Refusal.checkReason(command.reason)
        var dispute = try turn.dispute(command.disputeId)
        try turn.check(command.expectedVersion, of: EntitlementDispute.self, dispute.id, "dispute")
        guard dispute.isOpen else {
            throw .conflict("dispute-decided", "The dispute is \(dispute.status.rawValue) already")
        }
        let order = try turn.order(dispute.workOrderId, expectedVersion: nil)
        var outcome: DisputeOutcome?
        var changed = order
        if command.decision != .rejected {
            // What is upheld in part only, or for another reason, says nothing about what was claimed beside it.
            let shown = command.decision == .upheld ? dispute.upheldClaim : EntitlementClaim()
            let accepted = command.accepted ?? shown
            let setsMisuseAside = command.isMisuseSetAside ?? (dispute.reason == .notMisuse)
            outcome = try turn.outcome(of: order, by: command, accepted, setsMisuseAside: setsMisuseAside)
            turn.correct(order.deviceId, by: accepted)
            if setsMisuseAside, command.decision == .upheld { changed.isMisuseAside = true }
        }
        dispute.end(
            as: command.decision, at: turn.now, by: turn.envelope.authid, reason: command.reason.trimmed, outcome,
            misuseFound: order.facts.misuse?.isFound)
        turn.keep(ended: dispute, of: order, changed: changed)
        return turn.acknowledge(dispute)
    }
}

extension Turn {
    fileprivate mutating func outcome(
        of order: WorkOrder, by command: DecideEntitlementDispute, _ accepted: EntitlementClaim, setsMisuseAside: Bool
    ) throws(Refusal) -> DisputeOutcome {
        let resolved = try resolveAnew(order, accepted)
        let isMisuseAside = command.isMisuseSetAside ?? (order.isMisuseAside == true)
        let outcome =
            if command.decision == .partlyUpheld {
                DisputeRule.partlyUpheld(
                    present: order.entitlement, resolved: resolved, gives: command.cover ?? .nothing,
                    setsMisuseAside: setsMisuseAside, isMisuseAside: isMisuseAside)
            } else {
                DisputeRule.upheld(
                    present: order.entitlement, resolved: resolved, setsMisuseAside: setsMisuseAside,
                    isMisuseAside: isMisuseAside)
            }
        guard let outcome else {
            throw .conflict(
                "nothing-gained", "What is accepted gives nothing that the work order has not: \(resolved.reason.code)",
                detail: "say accepted, or decide partly_upheld and name the cover")
        }
        return outcome
    }

    /// What the order is entitled to by the facts on record, and the accepted ones before them.
    private mutating func resolveAnew(
        _ order: WorkOrder, _ accepted: EntitlementClaim
    ) throws(Refusal) -> Entitlement {
        let device = order.deviceId.flatMap { get(Device.self, survivor(ofDevice: $0)) }
        let numbers = numbers(of: order.customerId)
        let at = order.clocks.first?.events.first?.at ?? order.receivedAt
        var known = contracts(customer: order.customerId, device: device)
        if let claimed = accepted.contractNumber {
            guard let index = known.firstIndex(where: { $0.contractNumber == claimed }) else {
                throw .notFound("/data/accepted/contractNumber", "contract of the customer")
            }
            known[index].admit(customer: numbers.first, at: at)
        }
        let request = get(ServiceRequest.self, order.requestId)
        return EntitlementRule.entitlement(
            reworkOf: nil, contracts: known, customerNumbers: numbers, serials: serials(of: device),
            purchasedOn: accepted.purchasedOn ?? latest(\.purchasedOn, of: device)
                ?? request?.report.device?.purchasedOn,
            warrantyEndsOn: accepted.warrantyEndsOn ?? latest(\.warrantyEndsOn, of: device),
            serviceType: order.brief.serviceType, at: at)
    }

    /// What was accepted is known of the device from now on, so that its next order begins with it.
    fileprivate mutating func correct(_ device: UUID?, by accepted: EntitlementClaim) {
        guard let device, var known = get(Device.self, survivor(ofDevice: device)) else { return }
        known.purchasedOn = accepted.purchasedOn ?? known.purchasedOn
        known.setWarranty(accepted.warrantyEndsOn)
        keep(known)
    }
}

extension ContractProjection {
    /// Takes it as covering the customer's device, whatever serials it lists, as long as its term covers the day.
    fileprivate mutating func admit(customer: String?, at date: Date) {
        guard let customer, startsOn <= date, date < endsOn else { return }
        deviceSerials = []
        customerNumber = customer
        status = .active
    }
}
