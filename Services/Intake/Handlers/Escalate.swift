import DomainContracts
import Foundation
import ServiceKit

/// Tells the next one higher up about a clock that ran out, until its task is done.
struct Escalate: TimerHandler {
    static let kind = "escalate"

    func keys(_ timer: FiredTimer, _ keys: inout Keys) { keys.need(WorkOrder.self, timer.id) }

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        guard var order = turn.get(WorkOrder.self, timer.id), !order.status.isFinal,
            let clock = order.clocks.first(where: { $0.kind.rawValue == timer.discriminator }),
            clock.phase == .running || clock.phase == .paused,
            let step = EscalationRule.next(for: order, about: timer.discriminator)
        else { return }
        turn.escalate(
            &order, about: timer.discriminator, step: step,
            reason: CodedReason(
                code: "sla_breached", parameters: ["clock": timer.discriminator, "status": order.status.rawValue]))
        if step < EscalationRule.lastStep {
            turn.schedule(
                Escalate.self, for: order.id,
                at: turn.now + EscalationRule.patience(order.entitlement.responseLevel),
                discriminator: timer.discriminator)
        }
    }
}

extension Turn {
    /// Keeps the escalation on the order and tells it.
    mutating func escalate(_ order: inout WorkOrder, about: String, step: Int, reason: CodedReason) {
        let count = order.escalations.count { $0.about == about && $0.step == step }
        order.escalations.append(EscalationFact(about: about, step: step, at: now))
        set(order, order.id)
        emit(
            IntakeEscalationRaised(
                workOrderId: order.id, workOrderNumber: order.number,
                escalation: Escalation(
                    escalationId: IntakeID.escalation(about, step: step, count: count, of: order.id), step: step,
                    toRole: EscalationRule.role(of: step), engineerId: order.engineerId, reason: reason, raisedAt: now)),
            about: WorkOrder.self, order.id, story: order.id)
    }
}
