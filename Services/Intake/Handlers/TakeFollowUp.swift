import DomainContracts
import Foundation
import ServiceKit

/// The follow-up is over: the order closes, and opens a rework order if the customer said that what was repaired is not.
struct TakeFollowUp: EventHandler {
    func keys(_ event: FollowUpCompleted, _ keys: inout Keys) { keys.needWorkOrder(event.workOrderId) }

    func decide(_ event: FollowUpCompleted, _ turn: inout Turn) -> EventOutcome {
        turn.takeAnswer(
            FollowUpFacts(
                code: event.result == .deadline ? .deadline : .followUp, at: event.completedAt, fixed: event.fixed),
            on: event.workOrderId, note: FollowUpCompleted.wireName)
    }
}

extension Turn {
    /// Notes the customer's answer. On an order that is closed already, "not fixed" still opens the rework order, where
    /// somebody claimed that it was.
    mutating func takeAnswer(_ answer: FollowUpFacts, on id: UUID, note: String) -> EventOutcome {
        guard let before = get(WorkOrder.self, id) else { return .notYet(waitingFor: WorkOrder.subject(id)) }
        if before.status == .closed {
            if answer.fixed == false, before.claimsRepair {
                _ = openRework(of: before, occurred: occurred(answer.at, notBefore: before.receivedAt))
            }
            return .applied
        }
        var order = before
        order.hear(answer)
        keep(
            order, from: before, occurred: occurred(answer.at, notBefore: before.receivedAt),
            reason: answer.code.rawValue, note: note)
        return .applied
    }
}
