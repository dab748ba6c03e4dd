import DomainContracts
import Foundation
import ServiceKit

/// Nobody answered in time: an approval is rejected, a quote counts as refused.
struct EndEstimateByDeadline: TimerHandler {
    static let kind = "estimate-deadline"
    let policy: BillingPolicy

    func keys(_ timer: FiredTimer, _ keys: inout Keys) { keys.need(Estimate.self, timer.id) }

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        // Nobody needs to answer a quote that may be for nothing: it waits as long as the dispute does.
        if let estimate = turn.get(Estimate.self, timer.id), estimate.status == .quote,
            turn.get(OrderAccount.self, estimate.workOrderId)?.hold != nil
        {
            turn.schedule(Self.self, for: timer.id, at: turn.now.addingTimeInterval(policy.answerDeadline))
            return
        }
        do throws(Refusal) {
            _ = try EstimateAnswer(policy: policy).give(
                .deadline, to: timer.id, reason: "deadline", at: timer.dueAt, &turn)
        } catch {
            // Not there on a run that will be repeated once it is loaded; a deadline is refused in no state.
        }
    }
}

/// An approval waits too long: those who give it are told.
struct EscalateWaitingApproval: TimerHandler {
    static let kind = "approval-escalation"

    func keys(_ timer: FiredTimer, _ keys: inout Keys) { keys.need(Estimate.self, timer.id) }

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        guard let estimate = turn.get(Estimate.self, timer.id), estimate.status == .approval else { return }
        turn.set(estimate, timer.id)
        turn.emit(
            BillingEscalationRaised(
                estimateId: timer.id, workOrderId: estimate.workOrderId, workOrderNumber: estimate.workOrderNumber,
                escalation: Escalation(
                    escalationId: UUID(derivedFrom: "approval-escalation", in: timer.id), step: 3, toRole: "manager",
                    reason: CodedReason(
                        code: "approval_awaited",
                        parameters: [
                            "cost": "\(estimate.cost)", "currency": estimate.total.currency,
                            "rejectedAt": RFC3339.format(estimate.validUntil),
                        ]),
                    raisedAt: turn.now)),
            about: Estimate.self, timer.id, story: estimate.workOrderId)
    }
}
