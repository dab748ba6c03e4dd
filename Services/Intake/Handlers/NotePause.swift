import DomainContracts
import Foundation
import ServiceKit

/// Work stopped for a while; why is told by the estimate it waits for, if any.
struct NotePause: WorkOrderFactHandler {
    typealias E = VisitPaused

    func workOrderId(_ event: VisitPaused) -> UUID { event.workOrderId }
    func occurredAt(_ event: VisitPaused) -> Date { event.pausedAt }

    func apply(_ event: VisitPaused, to order: inout WorkOrder, _ turn: Turn) {
        order.hear(of: event.visitId, by: event.engineerId, now: turn.now) { trip in
            trip.pausedAt = max(trip.pausedAt ?? event.pausedAt, event.pausedAt)
        }
    }
}
