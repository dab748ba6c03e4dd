import DomainContracts
import Foundation
import ServiceKit

/// Somebody decides a dispute. Upheld, the order's entitlement is resolved anew from what is accepted; the earlier one is kept.
struct DecideDispute: CommandHandler {
    func keys(_ command: DecideEntitlementDispute, _ keys: inout Keys) {
        keys.need(EntitlementDispute.self, command.disputeId)
    }

    func decide(_ command: DecideEntitlementDispute, _ turn: inout Turn) throws(Refusal) -> Acknowledgement {
        if let refusal = Refusal.invalid(command.problems) { throw refusal }
        try Refusal.checkReason(command.reason)
        var dispute = try turn.dispute(command.disputeId)
        if let expected = command.expectedVersion, turn.version(EntitlementDispute.self, dispute.id) != expected {
            throw .conflict("version-mismatch", "The dispute has changed since")
        }
        guard dispute.isOpen else {
            throw .conflict("dispute-decided", "The dispute is \(dispute.status.rawValue) already")
        }
        let order = try turn.order(dispute.workOrderId, expectedVersion: nil)
        var outcome: DisputeOutcome?
        if command.decision != .rejected {
            let accepted = command.accepted ?? dispute.claim ?? EntitlementClaim()
            outcome = try turn.outcome(of: dispute, of: order, by: command, accepted)
            turn.correct(order.deviceId, by: accepted)
        }
        dispute.end(
            as: command.decision, at: turn.now, by: turn.envelope.authid, reason: command.reason.trimmed, outcome)
        turn.keep(ended: dispute, of: order)
        return turn.acknowledge(dispute)
    }
}

extension Turn {
    fileprivate mutating func outcome(
        of dispute: EntitlementDispute, of order: WorkOrder, by command: DecideEntitlementDispute,
        _ accepted: EntitlementClaim
    ) throws(Refusal) -> DisputeOutcome {
        let resolved = try resolveAnew(order, accepted)
        let setsAside = command.isMisuseSetAside ?? (dispute.reason == .notMisuse)
        let outcome =
            if command.decision == .partlyUpheld {
                DisputeRule.partlyUpheld(
                    present: order.entitlement, resolved: resolved, gives: command.cover ?? .nothing,
                    setsMisuseAside: setsAside)
            } else {
                DisputeRule.upheld(present: order.entitlement, resolved: resolved, setsMisuseAside: setsAside)
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
        let device = order.deviceId.flatMap { get(Device.self, $0) }
        let number = get(Customer.self, order.customerId)?.customerNumber
        let at = order.clocks.first?.events.first?.at ?? order.receivedAt
        var known = contracts(customer: order.customerId, device: device)
        if let claimed = accepted.contractNumber {
            guard let index = known.firstIndex(where: { $0.contractNumber == claimed }) else {
                throw .notFound("/data/accepted/contractNumber", "contract of the customer")
            }
            known[index].admit(customer: number, at: at)
        }
        let request = get(ServiceRequest.self, order.requestId)
        return EntitlementRule.entitlement(
            reworkOf: nil, contracts: known, customerNumber: number, serialNumber: device?.serialNumber,
            otherSerials: otherSerials(of: device),
            purchasedOn: accepted.purchasedOn ?? device?.purchasedOn ?? request?.report.device?.purchasedOn,
            warrantyEndsOn: accepted.warrantyEndsOn ?? device?.warrantyEndsOn, serviceType: order.brief.serviceType,
            at: at)
    }

    /// What was accepted is known of the device from now on, so that its next order begins with it.
    fileprivate mutating func correct(_ device: UUID?, by accepted: EntitlementClaim) {
        guard let device, var known = get(Device.self, device) else { return }
        known.purchasedOn = accepted.purchasedOn ?? known.purchasedOn
        known.warrantyEndsOn = accepted.warrantyEndsOn ?? known.warrantyEndsOn
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
