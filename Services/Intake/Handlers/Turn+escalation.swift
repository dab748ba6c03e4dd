import DomainContracts
import Foundation
import ServiceKit

extension Turn {
    /// Keeps on the order that somebody was told about a wait, and tells him.
    mutating func escalate(_ order: inout WorkOrder, about: String, step: Int, reason: CodedReason) {
        order.escalations.append(EscalationFact(about: about, step: step, at: now))
        set(order, order.id)
        tellEscalation(of: order, about: about, step: step, reason: reason)
    }

    /// Tells somebody what the order keeps as told already.
    mutating func tellEscalation(of order: WorkOrder, about: String, step: Int, reason: CodedReason) {
        // How often he was told before: reminders about parts repeat the last step.
        let count = order.escalations.count { $0.about == about && $0.step == step } - 1
        emit(
            IntakeEscalationRaised(
                workOrderId: order.id, workOrderNumber: order.number,
                escalation: Escalation(
                    escalationId: IntakeID.escalation(about, step: step, count: count, of: order.id), step: step,
                    toRole: EscalationRule.role(of: step), engineerId: order.engineerId, reason: reason, raisedAt: now)),
            about: WorkOrder.self, order.id, story: order.id)
    }
}
