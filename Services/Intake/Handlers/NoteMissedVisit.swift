import DomainContracts
import Foundation
import ServiceKit

/// Nobody came: somebody else is needed.
struct NoteMissedVisit: WorkOrderFactHandler {
    typealias E = VisitMissed

    func workOrderId(_ event: VisitMissed) -> UUID { event.workOrderId }
    func occurredAt(_ event: VisitMissed) -> Date { event.missedAt }
    func reason(_ event: VisitMissed) -> String? { "missed" }

    func apply(_ event: VisitMissed, to order: inout WorkOrder, _ turn: Turn) {
        order.hear(of: event.visitId, by: event.engineerId, now: turn.now) { trip in
            // Field service decides between check-in and miss; a miss of a visit that took place is none.
            if !trip.isOnSite { trip.missedAt = event.missedAt }
        }
    }
}
