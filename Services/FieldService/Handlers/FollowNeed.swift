import DomainContracts
import Foundation
import ServiceKit

/// Intake needs somebody again: what the round before came to is not the order's end.
struct FollowNeed: EventHandler {
    func keys(_ event: WorkOrderChanged, _ keys: inout Keys) {
        if event.need != nil { keys.need(OrderBrief.self, event.workOrderId) }
    }

    func decide(_ event: WorkOrderChanged, _ turn: inout Turn) -> EventOutcome {
        guard let need = event.need else { return .applied }
        guard var order = turn.get(OrderBrief.self, event.workOrderId) else {
            return .notYet(waitingFor: "work-order/\(event.workOrderId.text)")
        }
        guard turn.enter(need.round, &order, event.workOrderId) else { return .applied }
        turn.set(order, event.workOrderId)
        turn.note("round-\(need.round)", about: OrderBrief.self, event.workOrderId)
        return .applied
    }
}
