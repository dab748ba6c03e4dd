import DomainContracts
import Foundation
import ServiceKit

/// Nobody has decided a dispute in time: the supervisor is told, and a working day later the manager.
struct RemindOfDispute: TimerHandler {
    static let kind = "dispute-undecided"
    /// What an escalation is about.
    static let about = "entitlement_dispute"

    func keys(_ timer: FiredTimer, _ keys: inout Keys) { keys.need(EntitlementDispute.self, timer.id) }

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        guard let dispute = turn.get(EntitlementDispute.self, timer.id), dispute.isOpen,
            var order = turn.get(WorkOrder.self, dispute.workOrderId)
        else { return }
        let isFirst = timer.dueAt <= dispute.decideBy
        turn.escalate(
            &order, about: Self.about, step: isFirst ? 2 : EscalationRule.lastStep,
            reason: CodedReason(
                code: "dispute_undecided",
                parameters: ["disputeId": dispute.id.text, "openedAt": RFC3339.format(dispute.openedAt)]))
        if isFirst { turn.schedule(Self.self, for: dispute.id, at: turn.workingDay(1)) }
    }
}
