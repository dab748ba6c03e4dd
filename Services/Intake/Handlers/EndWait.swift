import DomainContracts
import Foundation
import ServiceKit

/// A wait has run out: the customer did not answer, the hold is over, parts are still missing, nobody followed up.
struct EndWait: TimerHandler {
    static let kind = "end-wait"

    func keys(_ timer: FiredTimer, _ keys: inout Keys) { keys.needWorkOrder(timer.id) }

    func decide(_ timer: FiredTimer, _ turn: inout Turn) {
        guard let before = turn.get(WorkOrder.self, timer.id), let until = before.waitUntil, until <= turn.now else {
            return
        }
        var order = before
        switch order.status {
        case .awaitingCustomer:
            order.facts.cancellation = Cancellation(at: turn.now, reason: .customerUnreachable)
            turn.keep(
                order, from: before, occurred: turn.now, reason: CancelReason.customerUnreachable.rawValue,
                note: Self.kind)
        case .awaitingParts:
            let step = EscalationRule.next(for: order, about: order.status.rawValue) ?? EscalationRule.lastStep
            order.waitUntil = turn.now + WaitRule.partsAgain
            turn.escalate(
                &order, about: order.status.rawValue, step: max(step, 2),
                reason: CodedReason(code: "parts_awaited", parameters: ["since": RFC3339.format(order.statusSince)]))
            turn.keepTimers(of: order, before: before)
        case .onHold:
            // An unsafe site leaves no hold behind: somebody looks at it again.
            if order.facts.hold == nil { order.need(.resumed, at: turn.now) } else { order.endHold(at: turn.now) }
            turn.keep(order, from: before, occurred: turn.now, reason: "hold_over", note: Self.kind)
        case .awaitingFollowUp:
            order.hear(FollowUpFacts(code: .deadline, at: turn.now, fixed: nil))
            turn.keep(
                order, from: before, occurred: turn.now, reason: ClosureCode.deadline.rawValue, note: Self.kind)
        case .qualified, .pendingDispatch, .assigned, .accepted, .scheduled, .enRoute, .onSite, .inProgress,
            .awaitingQuote, .awaitingApproval, .awaitingConfirmation, .closed, .cancelled, .merged:
            break
        }
    }
}
