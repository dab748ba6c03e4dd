import DomainContracts
import Foundation
import ServiceKit

/// The order is over: visits that nobody is on are called off, and no report waits any more. Where somebody is on
/// site, or was without intake knowing it, intake will see that work began and reinstate the order, so it stays open
/// here.
struct CancelVisitsOfClosedOrder: EventHandler {
    func keys(_ event: WorkOrderClosed, _ keys: inout Keys) { keys.need(OrderBrief.self, event.workOrderId) }

    func decide(_ event: WorkOrderClosed, _ turn: inout Turn) -> EventOutcome {
        guard var order = turn.get(OrderBrief.self, event.workOrderId) else {
            return .notYet(waitingFor: "work-order/\(event.workOrderId.text)")
        }
        for id in order.openVisits {
            guard var visit = turn.get(Visit.self, id) else { continue }
            let isOnHisWay = visit.status == .enRoute
            guard visit.take(.cancel, at: event.closedAt, by: "intake") else { continue }
            turn.set(visit, id)
            // Who was told that he set out is told that he does not arrive: the order may be reinstated for another's work.
            if isOnHisWay {
                turn.emit(
                    VisitCalledOff(
                        visitId: id, workOrderId: visit.workOrderId, engineerId: visit.engineerId, calledOffAt: turn.now
                    ),
                    about: Visit.self, id, story: visit.workOrderId)
            } else {
                turn.note("work-order-closed", about: Visit.self, id)
            }
            turn.cancel(MissVisit.self, for: id)
            order.close(id)
        }
        // What is still listed is on site.
        let isReinstated = event.status != .closed && event.figures.visits < order.visitsMade ?? 0
        order.isClosed = order.openVisits.isEmpty && !isReinstated
        if isReinstated {
            order.isReinstated = true
            turn.takeUpReport(&order, event.workOrderId)
        } else {
            order.awaiting = nil
            turn.cancel(LetConfirmationPass.self, for: event.workOrderId)
        }
        if event.status != .closed, !order.isClosed { order.isReinstated = true }
        turn.set(order, event.workOrderId)
        turn.note("work-order-closed", about: OrderBrief.self, event.workOrderId)
        turn.concludeRefused(event.workOrderId, after: nil)
        return .applied
    }
}
