import DomainContracts
import Foundation
import ServiceKit

/// Work goes on.
struct NoteResumption: WorkOrderFactHandler {
    typealias E = VisitResumed

    func workOrderId(_ event: VisitResumed) -> UUID { event.workOrderId }
    func occurredAt(_ event: VisitResumed) -> Date { event.resumedAt }

    func apply(_ event: VisitResumed, to order: inout WorkOrder, _ turn: Turn) {
        order.hear(of: event.visitId, by: event.engineerId, now: turn.now) { trip in
            trip.resumedAt = max(trip.resumedAt ?? event.resumedAt, event.resumedAt)
        }
    }
}
