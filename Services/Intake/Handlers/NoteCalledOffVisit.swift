import DomainContracts
import Foundation
import ServiceKit

/// An engineer was on his way to an order that was closed.
struct NoteCalledOffVisit: WorkOrderFactHandler {
    typealias E = VisitCalledOff

    func workOrderId(_ event: VisitCalledOff) -> UUID { event.workOrderId }
    func occurredAt(_ event: VisitCalledOff) -> Date { event.calledOffAt }
    func reason(_ event: VisitCalledOff) -> String? { "called_off" }

    func apply(_ event: VisitCalledOff, to order: inout WorkOrder, _ turn: Turn) {
        order.hear(of: event.visitId, by: event.engineerId, now: turn.now) { trip in
            trip.lostAt = event.calledOffAt
        }
    }
}
