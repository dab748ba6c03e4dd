import DomainContracts
import Foundation
import ServiceKit

/// The engineer is on his way.
struct NoteDeparture: WorkOrderFactHandler {
    typealias E = VisitDeparted

    func workOrderId(_ event: VisitDeparted) -> UUID { event.workOrderId }
    func occurredAt(_ event: VisitDeparted) -> Date { event.departedAt }

    func apply(_ event: VisitDeparted, to order: inout WorkOrder, _ turn: Turn) {
        order.hear(of: event.visitId, by: event.engineerId, now: turn.now) { $0.departedAt = event.departedAt }
    }
}
